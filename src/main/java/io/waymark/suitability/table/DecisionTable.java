package io.waymark.suitability.table;

import java.util.List;

/**
 * A table as somebody drew it.
 *
 * @param hitPolicy as written, e.g. {@code UNIQUE} or {@code COLLECT}; with its aggregation, if one
 *     is set, behind a blank
 */
public record DecisionTable(
    String id,
    String name,
    String hitPolicy,
    List<Column> inputs,
    List<Column> outputs,
    List<Line> lines) {

  public DecisionTable {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    lines = List.copyOf(lines);
  }

  /**
   * A column.
   *
   * @param name the variable of an input, the name of an output
   * @param title what people read above it
   */
  public record Column(String name, String title) {}

  /**
   * A line.
   *
   * @param id of the line in the drawing
   * @param inputs conditions as written, one for each input; empty means anything
   * @param outputs answers as written, one for each output
   */
  public record Line(String id, List<String> inputs, List<String> outputs) {

    public Line {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }
}
