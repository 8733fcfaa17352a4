package io.waymark.segment.churn;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression: the chance is {@code 1 / (1 + exp(-(intercept + Σ contribution)))}.
 *
 * @param intercept logarithm of odds of an average customer
 */
record Logistic(double intercept, List<Weight> weights) {

  private static final double COST = 1.0;
  private static final double EXACT = 1e-6;
  private static final int ITERATIONS = 1_000;

  Logistic {
    weights = List.copyOf(weights);
  }

  /** Learns from examples of both outcomes; the same examples give the same model. */
  static Logistic of(List<Example> examples) {
    ChurnFeature[] features = ChurnFeature.values();
    double[] means = new double[features.length];
    double[] deviations = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      int at = i;
      means[i] = examples.stream().mapToDouble(one -> one.features()[at]).average().orElse(0);
      deviations[i] =
          Math.sqrt(
              examples.stream()
                  .mapToDouble(one -> Math.pow(one.features()[at] - means[at], 2))
                  .average()
                  .orElse(0));
    }
    double[] learnt = learnt(examples, means, deviations);
    List<Weight> weights = new ArrayList<>();
    for (int i = 0; i < features.length; i++) {
      weights.add(new Weight(features[i], means[i], deviations[i], learnt[i]));
    }
    return new Logistic(learnt[features.length], weights);
  }

  /** Weights of the standardised features, the intercept last. */
  private static double[] learnt(List<Example> examples, double[] means, double[] deviations) {
    Problem problem = new Problem();
    problem.l = examples.size();
    problem.n = means.length + 1;
    problem.bias = 1;
    problem.x = new Feature[examples.size()][];
    problem.y = new double[examples.size()];
    for (int row = 0; row < examples.size(); row++) {
      double[] values = examples.get(row).features();
      Feature[] nodes = new Feature[means.length + 1];
      for (int i = 0; i < means.length; i++) {
        double scaled = deviations[i] == 0 ? 0 : (values[i] - means[i]) / deviations[i];
        nodes[i] = new FeatureNode(i + 1, scaled);
      }
      nodes[means.length] = new FeatureNode(means.length + 1, 1);
      problem.x[row] = nodes;
      problem.y[row] = examples.get(row).churned() ? 1 : 0;
    }
    Linear.disableDebugOutput();
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, COST, EXACT, ITERATIONS));
    // The library counts in favour of the label it met first.
    double side = model.getLabels()[0] == 1 ? 1 : -1;
    double[] weights = model.getFeatureWeights();
    double[] learnt = new double[means.length + 1];
    for (int i = 0; i < learnt.length; i++) {
      learnt[i] = side * weights[i];
    }
    return learnt;
  }

  /** The chance that a customer of these features churns, 0 to 1. */
  double chance(double[] features) {
    double odds = intercept;
    for (int i = 0; i < weights.size(); i++) {
      odds += weights.get(i).contribution(features[i]);
    }
    return 1 / (1 + Math.exp(-odds));
  }
}
