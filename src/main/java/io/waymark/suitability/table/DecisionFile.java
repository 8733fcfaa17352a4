package io.waymark.suitability.table;

import java.util.List;
import java.util.Map;

/** A file of decision tables, ready to be asked. */
public interface DecisionFile {

  /** The tables in the order of the file. */
  List<DecisionTable> tables();

  /**
   * Asks a table.
   *
   * @param inputs value by variable
   * @return the answers of every line that matches, value by output name; empty when none does
   * @throws AmbiguousTableException when several lines match a table that allows one
   */
  List<Map<String, String>> ask(String table, Map<String, String> inputs);
}
