package io.waymark.segment.churn;

/**
 * One feature of a model.
 *
 * @param mean of the training customers, in the feature's own scale
 * @param deviation standard deviation among them; 0 where all were alike, and the weight is 0 then
 * @param weight of one deviation, as the logarithm of odds: above 0 makes churn likelier
 */
public record Weight(ChurnFeature feature, double mean, double deviation, double weight) {

  /** What a value adds to the logarithm of odds, against an average customer. */
  double contribution(double value) {
    return deviation == 0 ? 0 : weight * (value - mean) / deviation;
  }
}
