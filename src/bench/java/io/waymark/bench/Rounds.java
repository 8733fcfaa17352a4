package io.waymark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contestants that take turns: one warm-up round, then every round runs each contestant once, in
 * alternating order, so that a slow minute of the machine hits all of them. Prints each median with
 * its spread and its ratio to the first contestant, on the console and into {@code target/bench}.
 */
public final class Rounds {

  private final String title;
  private final String unit;
  private final int rounds;
  private final Map<String, Contestant> contestants = new LinkedHashMap<>();

  /** One run of a contestant; answers its figure in the unit of the table. */
  @FunctionalInterface
  public interface Contestant {

    /**
     * Runs once.
     *
     * @return the figure, in the unit of the table
     * @throws Exception whatever goes wrong; the measurement fails with it
     */
    double run() throws Exception;
  }

  private Rounds(String title, String unit, int rounds) {
    this.title = title;
    this.unit = unit;
    this.rounds = rounds;
  }

  /**
   * An empty table.
   *
   * @param unit what a figure means, such as {@code MB/s} or {@code ms}
   * @param rounds measured rounds, at least three
   */
  public static Rounds of(String title, String unit, int rounds) {
    if (rounds < 3) {
      throw new IllegalArgumentException("three rounds at least: one alone says nothing of spread");
    }
    return new Rounds(title, unit, rounds);
  }

  /** Adds a contestant; the first one is the baseline of every ratio. */
  public Rounds contestant(String name, Contestant contestant) {
    contestants.put(name, contestant);
    return this;
  }

  /**
   * Runs and prints.
   *
   * @return median per contestant, in the order they were added
   * @throws Exception what a contestant threw
   */
  public Map<String, Double> run() throws Exception {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (Contestant contestant : contestants.values()) {
      contestant.run();
    }
    for (int round = 0; round < rounds; round++) {
      List<String> order = new ArrayList<>(contestants.keySet());
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (String name : order) {
        figures.computeIfAbsent(name, any -> new ArrayList<>()).add(contestants.get(name).run());
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    contestants.keySet().forEach(name -> medians.put(name, median(figures.get(name))));
    print(figures, medians);
    return medians;
  }

  private void print(Map<String, List<Double>> figures, Map<String, Double> medians)
      throws IOException {
    double baseline = medians.values().iterator().next();
    StringBuilder table =
        new StringBuilder("%n%s (%s, %d rounds)%n".formatted(title, unit, rounds));
    medians.forEach(
        (name, median) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "  %-60s %,14.2f   (%,.2f … %,.2f)   × %.2f%n",
                    name,
                    median,
                    figures.get(name).stream().min(Double::compare).orElseThrow(),
                    figures.get(name).stream().max(Double::compare).orElseThrow(),
                    median / baseline)));
    System.out.print(table);
    Path folder = Files.createDirectories(Path.of("target", "bench"));
    Files.writeString(
        folder.resolve("results.txt"), table, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
