package io.waymark.segment.churn;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a model may know of a customer, all of it as it stood at the cut. Counts and sums are taken
 * as logarithms: from one trade to two is a longer way than from forty to forty-one.
 */
public enum ChurnFeature {
  /** Days since the last activity. */
  RECENCY(Activity::recency),
  /** Days since the first activity within the history. */
  TENURE(Activity::tenure),
  /** Activities within the history. */
  TIMES(Activity::times),
  /** Activities within 90 days. */
  TIMES_90(Activity::times90),
  /** Yuan within the history. */
  AMOUNT(Activity::amount),
  /** Yuan within 90 days. */
  AMOUNT_90(Activity::amount90),
  /** Visits within 30 days. */
  VISITS_30(Activity::visits30),
  /** Visits within 90 days. */
  VISITS_90(Activity::visits90),
  /** Days since the last activity as a multiple of the customer's own usual gap. */
  OVERDUE(one -> one.recency() / Math.max(1, one.tenure() / Math.max(1, one.times())));

  private final ToDoubleFunction<Activity> plain;

  ChurnFeature(ToDoubleFunction<Activity> plain) {
    this.plain = plain;
  }

  /** As the model takes it. */
  double of(Activity activity) {
    return Math.log1p(Math.max(0, plain.applyAsDouble(activity)));
  }

  /** What it was before the logarithm, for people. */
  public static double plain(double taken) {
    return Math.expm1(taken);
  }

  /** The word used in the API and as key of its Chinese name. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
