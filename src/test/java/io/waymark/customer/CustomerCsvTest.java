package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.platform.RowProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerCsvTest {

  private static final String HEADER = "ref,name,branch,customerClass,legalStatus";

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030"})
  void a_file_is_read_in_the_encodings_people_use(String charset) throws IOException {
    byte[] bytes = (HEADER + "\nA1,张三,SH01,普通,正常\n").getBytes(Charset.forName(charset));
    CustomerFile file = CustomerCsv.read(new ByteArrayInputStream(bytes));
    assertThat(file.problems()).isEmpty();
    assertThat(file.rows())
        .containsExactly(
            new CustomerRecord(
                "A1",
                "张三",
                null,
                "SH01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of()));
  }

  @Test
  void a_byte_order_mark_is_not_part_of_the_first_column() throws IOException {
    byte[] bytes = ("\uFEFF" + HEADER + "\nA1,张三,SH01,普通,正常\n").getBytes(StandardCharsets.UTF_8);
    assertThat(CustomerCsv.read(new ByteArrayInputStream(bytes)).rows()).hasSize(1);
  }

  @Test
  void identities_and_tags_have_columns_of_their_own_and_blank_cells_say_nothing()
      throws IOException {
    CustomerFile file =
        read(
            HEADER + ",advisor,birthDate,identity.mobile,identity.email,tag.tier,tag.asset_total",
            "A1,张三,SH01,PROFESSIONAL,COMPLAINT_HOLD,wang,1990-01-31,13812341234,,core,");
    CustomerRecord row = file.rows().get(0);
    assertThat(row.customerClass()).isEqualTo(CustomerClass.PROFESSIONAL);
    assertThat(row.legalStatus()).isEqualTo(LegalStatus.COMPLAINT_HOLD);
    assertThat(row.advisor()).isEqualTo("wang");
    assertThat(row.birthDate()).isEqualTo(LocalDate.of(1990, 1, 31));
    assertThat(row.identities()).isEqualTo(Map.of("mobile", "13812341234"));
    assertThat(row.tags()).isEqualTo(Map.of("tier", "core"));
  }

  @ParameterizedTest
  @CsvSource({"1990-01-31", "1990/1/31", "19900131"})
  void dates_are_read_as_systems_and_spreadsheets_write_them(String date) throws IOException {
    CustomerFile file = read(HEADER + ",birthDate", "A1,张三,SH01,普通,正常," + date);
    assertThat(file.rows().get(0).birthDate()).isEqualTo(LocalDate.of(1990, 1, 31));
  }

  @Test
  void each_bad_row_is_named_and_the_good_ones_are_kept() throws IOException {
    CustomerFile file =
        read(
            HEADER + ",birthDate",
            "A1,张三,SH01,普通,正常,1990-02-30",
            "A2,张三,SH01,VIP,正常,",
            "A3,张三,SH01,普通,,",
            "A4,张三,SH01",
            "A5,张三,SH01,专业投资者,黑名单,");
    assertThat(file.rows()).extracting(CustomerRecord::ref).containsExactly("A5");
    assertThat(file.positions()).containsExactly(5);
    assertThat(file.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(1, "birthDate", "impossible"),
            tuple(2, "customerClass", "unknown_word"),
            tuple(3, "legalStatus", "unknown_word"),
            tuple(4, "row", "malformed"));
  }

  @Test
  void a_file_without_a_required_column_is_refused_as_a_whole() throws IOException {
    CustomerFile file = read("ref,name,branch,customerClass", "A1,张三,SH01,普通");
    assertThat(file.rows()).isEmpty();
    assertThat(file.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(tuple(0, "legalStatus", "missing_column"));
  }

  @Test
  void a_column_nobody_knows_is_named_and_left_out() throws IOException {
    CustomerFile file = read(HEADER + ",mobile", "A1,张三,SH01,普通,正常,13812341234");
    assertThat(file.rows()).hasSize(1);
    assertThat(file.rows().get(0).identities()).isEmpty();
    assertThat(file.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(tuple(0, "mobile", "unknown_column"));
  }

  @Test
  void a_column_named_twice_or_a_quote_never_closed_is_a_problem_and_not_an_exception()
      throws IOException {
    assertThat(read(HEADER + ",ref", "A1,张三,SH01,普通,正常,A1").problems())
        .extracting(RowProblem::position, RowProblem::code)
        .containsExactly(tuple(0, "malformed"));
    CustomerFile open = read(HEADER, "A1,张三,SH01,普通,正常", "A2,\"李四,SH01,普通,正常");
    assertThat(open.rows()).hasSize(1);
    assertThat(open.problems())
        .extracting(RowProblem::position, RowProblem::code)
        .containsExactly(tuple(2, "malformed"));
    assertThat(CustomerCsv.read(new StringReader("")).problems()).isNotEmpty();
  }

  @Test
  void rows_of_named_fields_are_read_like_rows_of_a_file() {
    CustomerFile file =
        CustomerFile.of(
            List.of(
                Map.of("ref", "A1", "legalStatus", "normal"),
                Map.of(
                    "ref", "A2",
                    "name", "张三",
                    "branch", "SH01",
                    "customerClass", "ordinary",
                    "legalStatus", "normal",
                    "identity.mobile", "13812341234")));
    assertThat(file.positions()).containsExactly(2);
    assertThat(file.rows().get(0).identities()).isEqualTo(Map.of("mobile", "13812341234"));
    assertThat(file.problems())
        .extracting(RowProblem::position, RowProblem::field)
        .containsExactly(tuple(1, "customerClass"));
  }

  private static CustomerFile read(String... lines) throws IOException {
    return CustomerCsv.read(new StringReader(String.join("\n", lines) + "\n"));
  }
}
