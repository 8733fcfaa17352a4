package io.waymark.customer.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One row in twenty is broken: every good row comes out as it went in, every bad one is named. */
class FileRecordsProperties {

  private static final List<String> HEADER = List.of("a", "b", "c", "d");

  /**
   * One line of a file.
   *
   * @param values what a good row holds; null for a broken one
   */
  record Line(String text, List<String> values) {}

  @Property(tries = 300)
  void a_file_with_broken_rows_loses_no_good_one(@ForAll("lines") List<Line> lines)
      throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      // So much Chinese at the beginning that nobody can take the one encoding for the other.
      StringBuilder file = new StringBuilder("a,b,c,d\n客户,王小明,价格,元\n");
      lines.forEach(line -> file.append(line.text()).append("\r\n"));
      List<FileRow> rows = read(file.toString().getBytes(charset));

      assertThat(rows).hasSize(lines.size());
      for (int i = 0; i < lines.size(); i++) {
        FileRow row = rows.get(i);
        if (lines.get(i).values() == null) {
          assertThat(row.problem()).as(lines.get(i).text()).isNotNull();
        } else {
          assertThat(row.problem()).as(lines.get(i).text()).isNull();
          assertThat(List.copyOf(row.fields().values())).isEqualTo(lines.get(i).values());
        }
      }
    }
  }

  private static List<FileRow> read(byte[] file) throws IOException {
    FileRecords records = new FileRecords(new ByteArrayInputStream(file), ImportFormat.CSV, 0);
    assertThat(records.next()).isEqualTo("a,b,c,d");
    assertThat(records.next()).isEqualTo("客户,王小明,价格,元");
    List<FileRow> rows = new ArrayList<>();
    for (String record = records.next(); record != null; record = records.next()) {
      rows.add(FileRow.csv(rows.size() + 1, record, HEADER));
    }
    return rows;
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<Line> broken =
        Arbitraries.of(
                "x,\"never closed,y,z",
                "too,few",
                "one,two,three,four,five",
                "\"shut\"too soon,b,c,d",
                "in the mid\"dle,b,c,d",
                "a,b,c,\"d")
            .map(text -> new Line(text, null));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(19, good()), net.jqwik.api.Tuple.of(1, broken))
        .list()
        .ofMaxSize(120);
  }

  private static Arbitrary<Line> good() {
    Arbitrary<String> value =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                12, Arbitraries.strings().withChars("abc12 王小明价格元.-").ofMaxLength(8)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.of("with,comma", "two\nlines", "a \"word\" quoted", "三\n行\n字")));
    return Combinators.combine(value.list().ofSize(4), Arbitraries.of(true, false))
        .as(FileRecordsProperties::written)
        .filter(line -> !line.text().isBlank());
  }

  private static Line written(List<String> values, boolean quoteAll) {
    List<String> read = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (String value : values) {
      boolean quote = quoteAll || value.matches("(?s).*[\",\n].*");
      texts.add(quote ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
      read.add(quote ? value : value.strip());
    }
    return new Line(String.join(",", texts), read);
  }
}
