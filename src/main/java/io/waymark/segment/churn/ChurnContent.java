package io.waymark.segment.churn;

import java.time.Instant;
import java.util.List;

/**
 * What was learnt, from whom, and how well it foretold others: what a person approves.
 *
 * @param trainingCuts the moments it learnt from, latest first
 * @param validationCut the moment it was validated at; every outcome it learnt from was known by
 *     then
 * @param examples customers at training cuts it learnt from; one customer may be several
 * @param churned how many of them stayed away
 * @param intercept logarithm of odds of an average customer
 */
public record ChurnContent(
    ChurnSettings settings,
    List<Instant> trainingCuts,
    Instant validationCut,
    long examples,
    long churned,
    double intercept,
    List<Weight> weights,
    Validation validation) {

  public ChurnContent {
    trainingCuts = List.copyOf(trainingCuts);
    weights = List.copyOf(weights);
  }

  Logistic logistic() {
    return new Logistic(intercept, weights);
  }
}
