package io.waymark.customer;

import io.waymark.platform.RowProblem;
import java.util.List;
import java.util.Map;

/**
 * Customers read from a file: the rows that could be read, and what was wrong with the others.
 *
 * @param rows readable rows
 * @param positions for each of {@code rows} its 1-based position in the file
 * @param problems rows that could not be read
 */
public record CustomerFile(
    List<CustomerRecord> rows, List<Integer> positions, List<RowProblem> problems) {

  public CustomerFile {
    rows = List.copyOf(rows);
    positions = List.copyOf(positions);
    problems = List.copyOf(problems);
  }

  /**
   * Reads rows of text fields, named as the columns of the CSV file: {@code ref, name, birthDate,
   * branch, advisor, customerClass, legalStatus, identity.<type>, tag.<name>}. Fields of other
   * names are left out.
   */
  public static CustomerFile of(List<Map<String, String>> rows) {
    CustomerFields fields = new CustomerFields();
    for (int i = 0; i < rows.size(); i++) {
      fields.read(i + 1, rows.get(i));
    }
    return fields.file();
  }
}
