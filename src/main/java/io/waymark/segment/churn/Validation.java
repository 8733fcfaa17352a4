package io.waymark.segment.churn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well a model foretold customers it had never seen, at a later time than any it learnt from.
 *
 * @param customers how many were asked about
 * @param churned how many of them stayed away
 * @param auc chance that of one who churned and one who did not the first has the higher score,
 *     ties counted half: 0.5 is guessing, 1 is perfect
 * @param brier mean squared error of the chance; smaller is better
 * @param baseBrier what it would be were everybody given the share that churned
 * @param lift how many times likelier churn was among the tenth with the highest scores than among
 *     all
 * @param calibrationError mean distance between foretold and observed over the tenths, weighted by
 *     their size
 * @param slope of the observed logarithm of odds over the foretold; 1 is calibrated, below it the
 *     model is too sure
 * @param offset of the same line at foretold odds of one; 0 is calibrated, above it too little
 *     churn was foretold
 * @param tenths customers by score, lowest tenth first
 */
public record Validation(
    long customers,
    long churned,
    double auc,
    double brier,
    double baseBrier,
    double lift,
    double calibrationError,
    double slope,
    double offset,
    List<Tenth> tenths) {

  public Validation {
    tenths = List.copyOf(tenths);
  }

  /**
   * A tenth of the customers.
   *
   * @param foretold mean chance
   * @param observed share that churned
   */
  public record Tenth(long customers, double foretold, double observed) {}

  private record Judged(double chance, boolean churned) {}

  /** Share that churned. */
  public double baseRate() {
    return (double) churned / customers;
  }

  /** Whether chances may be read as chances: within five points on average, neither too sure. */
  public boolean reliable() {
    return calibrationError <= 0.05 && slope >= 0.8 && slope <= 1.25;
  }

  static Validation of(Logistic model, List<Example> examples) {
    List<Judged> judged =
        examples.stream()
            .map(one -> new Judged(model.chance(one.features()), one.churned()))
            .sorted(Comparator.comparingDouble(Judged::chance))
            .toList();
    long churned = judged.stream().filter(Judged::churned).count();
    double base = (double) churned / judged.size();
    List<Tenth> tenths = tenths(judged);
    double[] line = line(judged);
    return new Validation(
        judged.size(),
        churned,
        auc(judged, churned),
        mean(judged, one -> Math.pow(one.chance() - outcome(one), 2)),
        base * (1 - base),
        tenths.get(tenths.size() - 1).observed() / base,
        tenths.stream()
            .mapToDouble(
                one -> Math.abs(one.foretold() - one.observed()) * one.customers() / judged.size())
            .sum(),
        line[1],
        line[0],
        tenths);
  }

  private static double outcome(Judged one) {
    return one.churned() ? 1 : 0;
  }

  private static double mean(List<Judged> judged, ToDoubleFunction<Judged> figure) {
    return judged.stream().mapToDouble(figure).average().orElse(0);
  }

  /** By the sum of ranks; equal chances share theirs. */
  private static double auc(List<Judged> sorted, long churned) {
    double ranks = 0;
    int from = 0;
    while (from < sorted.size()) {
      int to = from;
      while (to < sorted.size() && sorted.get(to).chance() == sorted.get(from).chance()) {
        to++;
      }
      double shared = (from + 1 + to) / 2.0;
      ranks += shared * sorted.subList(from, to).stream().filter(Judged::churned).count();
      from = to;
    }
    long stayed = sorted.size() - churned;
    return (ranks - churned * (churned + 1) / 2.0) / ((double) churned * stayed);
  }

  private static List<Tenth> tenths(List<Judged> sorted) {
    List<Tenth> tenths = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<Judged> some =
          sorted.subList(
              (int) ((long) i * sorted.size() / 10), (int) ((long) (i + 1) * sorted.size() / 10));
      if (!some.isEmpty()) {
        tenths.add(
            new Tenth(some.size(), mean(some, Judged::chance), mean(some, Validation::outcome)));
      }
    }
    return tenths;
  }

  /**
   * Offset and slope by Newton's method; two unknowns, so a handful of steps. It begins at no slope
   * at all: from a steep one the first step would go too far.
   */
  private static double[] line(List<Judged> judged) {
    double offset = 0;
    double slope = 0;
    for (int step = 0; step < 50; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 1e-9;
      double h01 = 0;
      double h11 = 1e-9;
      for (Judged one : judged) {
        double x = odds(one.chance());
        double p = 1 / (1 + Math.exp(-(offset + slope * x)));
        double w = p * (1 - p);
        g0 += outcome(one) - p;
        g1 += (outcome(one) - p) * x;
        h00 += w;
        h01 += w * x;
        h11 += w * x * x;
      }
      double determinant = h00 * h11 - h01 * h01;
      double d0 = (h11 * g0 - h01 * g1) / determinant;
      double d1 = (h00 * g1 - h01 * g0) / determinant;
      offset += d0;
      slope += d1;
      if (Math.abs(d0) + Math.abs(d1) < 1e-10) {
        break;
      }
    }
    return new double[] {offset, slope};
  }

  private static double odds(double chance) {
    double within = Math.min(1 - 1e-9, Math.max(1e-9, chance));
    return Math.log(within / (1 - within));
  }
}
