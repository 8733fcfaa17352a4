package io.waymark.segment.churn;

import java.util.stream.Stream;

/**
 * A customer at a cut.
 *
 * @param features in the order of {@link ChurnFeature}
 * @param churned whether nothing was done within the horizon after the cut; false where it is not
 *     asked
 */
record Example(long customerId, String branch, double[] features, boolean churned) {

  static Example of(long customerId, String branch, Activity activity, boolean churned) {
    return new Example(
        customerId,
        branch,
        Stream.of(ChurnFeature.values()).mapToDouble(one -> one.of(activity)).toArray(),
        churned);
  }
}
