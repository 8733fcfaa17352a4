package io.waymark.contact;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The form of a file of customers for a list: a header row and one customer a row. */
final class SuppressionFile {

  static final String CUSTOMER = "customer";
  static final String UNTIL = "until";

  private static final int LONGEST = 100_000;
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private SuppressionFile() {}

  /**
   * Reads the rows as they are written.
   *
   * @throws IllegalArgumentException with a Chinese sentence when the file is no such file
   */
  static List<Row> rows(Reader file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = FORMAT.parse(file)) {
      if (!parser.getHeaderNames().containsAll(List.of(CUSTOMER, UNTIL))) {
        throw new IllegalArgumentException("文件首行须有 customer 和 until 两列");
      }
      for (CSVRecord row : parser) {
        if (rows.size() == LONGEST) {
          throw new IllegalArgumentException("一个文件最多 10 万行，请分成多个文件");
        }
        rows.add(
            new Row(
                Math.toIntExact(row.getRecordNumber()),
                row.isSet(CUSTOMER) ? row.get(CUSTOMER) : "",
                row.isSet(UNTIL) ? row.get(UNTIL) : ""));
      }
    }
    return rows;
  }

  /** One row, as it is written. */
  record Row(int position, String customer, String until) {}
}
