package io.waymark.customer;

import io.waymark.platform.RowProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads customers from CSV with a header row: {@code ref, name, birthDate, branch, advisor,
 * customerClass, legalStatus, identity.<type>, tag.<name>}. Row 1 is the first row below the
 * header; problems of the header itself have position 0.
 */
public final class CustomerCsv {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .setTrim(true)
          .get();

  private CustomerCsv() {}

  /**
   * Reads a file in UTF-8, with or without byte order mark, or in GB18030, as Excel in China writes
   * it: what is not valid UTF-8 is taken for GB18030.
   */
  public static CustomerFile read(InputStream file) throws IOException {
    return read(new StringReader(decode(file.readAllBytes())));
  }

  /** Reads text; a leading byte order mark is skipped. */
  public static CustomerFile read(Reader text) throws IOException {
    try (CSVParser parser = FORMAT.parse(withoutMark(text))) {
      List<RowProblem> problems = CustomerFields.headerProblems(parser.getHeaderNames());
      return CustomerFields.lacksRequired(parser.getHeaderNames())
          ? new CustomerFile(List.of(), List.of(), problems)
          : rows(parser, problems);
    } catch (IllegalArgumentException duplicateHeader) {
      return new CustomerFile(
          List.of(),
          List.of(),
          List.of(new RowProblem(0, "header", "malformed", "表头不正确:列名为空或重复,请更正第一行")));
    }
  }

  private static CustomerFile rows(CSVParser parser, List<RowProblem> headerProblems) {
    CustomerFields fields = new CustomerFields();
    int position = 0;
    try {
      for (CSVRecord row : parser) {
        position++;
        if (row.isConsistent()) {
          fields.read(position, row.toMap());
        } else {
          fields.refuse(position, "row", "malformed", "列数与表头不一致,请检查是否少了或多了逗号");
        }
      }
    } catch (UncheckedIOException | IllegalStateException brokenQuotes) {
      fields.refuse(position + 1, "row", "malformed", "从这一行起无法读取,请检查引号是否成对");
    }
    CustomerFile file = fields.file();
    List<RowProblem> problems = new ArrayList<>(headerProblems);
    problems.addAll(file.problems());
    return new CustomerFile(file.rows(), file.positions(), problems);
  }

  private static Reader withoutMark(Reader text) throws IOException {
    BufferedReader buffered = new BufferedReader(text);
    buffered.mark(1);
    if (buffered.read() != BYTE_ORDER_MARK) {
      buffered.reset();
    }
    return buffered;
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, GB18030);
    }
  }
}
