package io.waymark.suitability.table;

import java.util.List;

/** Reads decision tables drawn in Camunda Modeler; the package that knows the engine does it. */
public interface DecisionTables {

  /**
   * What stands against a file before any of it is evaluated: not XML, anything but plain tables,
   * anything but comparisons with literals. Chinese sentences that name the cell; empty when safe.
   */
  List<String> problems(String dmn);

  /**
   * Opens a file without {@link #problems}.
   *
   * @throws IllegalArgumentException when it cannot be read as decision tables
   */
  DecisionFile open(String dmn);
}
