package io.waymark.journey.publication;

import org.jspecify.annotations.Nullable;

/**
 * What the watch has counted of a version since it was published or resumed.
 *
 * @param customers who were inside at any time since then, or could not be let in
 * @param withheld who had a message withheld
 * @param complaints who complained while inside, or within a week of leaving
 * @param failures who stand at a failed step or could not be let in
 */
public record WatchFigures(long customers, long withheld, long complaints, long failures) {

  /** Hundredths of a percent of the customers counted. */
  long share(long count) {
    return customers == 0 ? 0 : count * 10_000 / customers;
  }

  /** The limit that is passed, as a Chinese sentence; null while none is. */
  @Nullable String passed(StopRule rule) {
    if (customers < rule.least()) {
      return null;
    }
    String withheldPassed = passed("触达被拦截", withheld, rule.mostWithheld());
    String complained = passed("投诉", complaints, rule.mostComplaints());
    return complained != null
        ? complained
        : withheldPassed != null ? withheldPassed : passed("失败", failures, rule.mostFailures());
  }

  private @Nullable String passed(String what, long count, @Nullable Integer most) {
    return most == null || share(count) <= most
        ? null
        : "%s比例 %.2f%% 超过上限 %.2f%%（%d 位客户中 %d 位）"
            .formatted(what, share(count) / 100.0, most / 100.0, customers, count);
  }
}
