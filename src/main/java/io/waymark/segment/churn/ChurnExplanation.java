package io.waymark.segment.churn;

import java.time.Instant;
import java.util.List;

/**
 * Why a customer has his score.
 *
 * @param average the score of a customer who is average in everything
 * @param contributions strongest first; with the average they make the score
 */
public record ChurnExplanation(
    double score,
    double average,
    long model,
    Instant computedAt,
    List<Contribution> contributions) {

  public ChurnExplanation {
    contributions = List.copyOf(contributions);
  }
}
