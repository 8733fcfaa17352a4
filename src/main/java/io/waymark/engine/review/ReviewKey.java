package io.waymark.engine.review;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/** The label of a review's instance in Cockpit, which also names the review to every step. */
final class ReviewKey {

  private static final Pattern WRITTEN = Pattern.compile("review/([0-9]{1,18})");

  private ReviewKey() {}

  static String of(long reviewId) {
    return "review/" + reviewId;
  }

  static long review(DelegateExecution execution) {
    return review(execution.getProcessBusinessKey());
  }

  static long review(@Nullable String businessKey) {
    Matcher key = WRITTEN.matcher(businessKey == null ? "" : businessKey);
    if (!key.matches()) {
      throw new IllegalStateException("该实例不是由审核启动的,没有审核记录。");
    }
    return Long.parseLong(key.group(1));
  }
}
