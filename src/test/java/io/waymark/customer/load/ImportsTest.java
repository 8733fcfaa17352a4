package io.waymark.customer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files go in whole or are named row by row, and an interrupted one goes on where it stopped. */
@DatabaseSlice("io.waymark.customer")
class ImportsTest {

  private static final String EVENT_HEADER =
      "eventId,customer,type,occurredAt,property.amount,property.note\n";

  @Autowired Imports imports;
  @Autowired ImportRunner runner;
  @Autowired RejectedRows rejected;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired CustomerTags tags;
  @Autowired TagRegistry registry;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;

  String ref = "";
  long id;

  @BeforeEach
  void customer() {
    People.open(branches);
    ref = People.ref();
    customers.importAll(List.of(People.somebody(ref, Map.of())), "tester");
    id = customers.idsOf(List.of(ref)).get(ref);
  }

  @Test
  void a_csv_of_events_keeps_the_good_rows_and_names_each_bad_one() throws Exception {
    String at = clock.instant().minusSeconds(60).toString();
    ImportJob job =
        done(
            events(false),
            EVENT_HEADER
                + ref
                + "-1,"
                + ref
                + ",fund.deducted,"
                + at
                + ",12.5,\"一,二\n三\"\n"
                + "\n"
                + ref
                + "-2,nobody,"
                + "login,"
                + at
                + ",,\n"
                + ref
                + "-3,"
                + ref
                + ",login,yesterday,,\n"
                + ref
                + "-4,"
                + ref
                + ",fund.deducted,"
                + at
                + ",much,\n"
                + ref
                + "-5,"
                + ref
                + ",login\n"
                + ref
                + "-6,"
                + ref
                + ",\"login,"
                + at
                + ",,\n"
                + ref
                + "-7,"
                + ref
                + ",login,"
                + at
                + ",,\n"
                + ref
                + "-7,"
                + ref
                + ",login,"
                + at
                + ",,\n");

    assertThat(job.status()).isEqualTo(ImportStatus.DONE);
    assertThat(List.of(job.rows(), job.rowsDone(), job.accepted(), job.duplicates(), job.refused()))
        .containsExactly(8L, 8L, 2L, 1L, 5L);
    assertThat(rejected.ofImport(job.id(), 0, 100))
        .extracting(RejectedRow::position, RejectedRow::field, RejectedRow::code)
        .containsExactly(
            tuple(2L, "customer", "unknown_customer"),
            tuple(3L, "occurredAt", "malformed"),
            tuple(4L, "properties.amount", "wrong_type"),
            tuple(5L, "row", "malformed"),
            tuple(6L, "row", "malformed"));
    assertThat(rejected.ofImport(job.id(), 0, 1).get(0).sample()).isEqualTo("no****");
    List<CustomerEvent> kept = events.ofCustomer(id, clock.instant(), 10);
    assertThat(kept).extracting(CustomerEvent::type).containsExactly("login", "fund.deducted");
    assertThat(kept.get(1).properties()).isEqualTo(Map.of("amount", 12.5, "note", "一,二\n三"));
    assertThat(queued()).isEqualTo(2);
    assertThat(
            jdbc.sql("select count(*) from import_piece where import_id = ?")
                .param(job.id())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void json_lines_as_history_reach_no_journey_and_a_second_load_changes_nothing() throws Exception {
    String file =
        "{\"eventId\":\"%s-h1\",\"customer\":\"%s\",\"type\":\"trade\",\"occurredAt\":\"2024-02-03T10:00:00+08:00\",\"properties\":{\"amount\":3}}%n{no json}%n"
            .formatted(ref, ref);
    ImportJob first = done(historical(), file);
    ImportJob again = done(historical(), file);

    assertThat(List.of(first.accepted(), first.refused())).containsExactly(1L, 1L);
    assertThat(List.of(again.accepted(), again.duplicates(), again.refused()))
        .containsExactly(0L, 1L, 1L);
    assertThat(queued()).isZero();
    assertThat(
            jdbc.sql("select to_regclass('customer_event_y2024m02') is not null")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void tags_come_with_the_moment_they_were_true_and_only_declared_ones() throws Exception {
    String file =
        "customer,asOf,tag.tier,tag.asset_total,tag.is_margin,tag.new_%s%n"
                .formatted(ref.toLowerCase())
            + ref
            + ",2026-01-02,core,12.50,是,\n"
            + ref
            + ",2026-01-03,core,lots,,\n"
            + ref
            + ",2026-01-03,core,,,x\n";
    ImportJob job =
        done(
            new ImportRequest(IntakeKind.TAGS, ImportFormat.CSV, "dw", false, false, "t.csv"),
            file);

    assertThat(rejected.ofImport(job.id(), 0, 10))
        .extracting(RejectedRow::position, RejectedRow::field, RejectedRow::code)
        .containsExactly(
            tuple(2L, "tag.asset_total", "wrong_value"),
            tuple(3L, "tag.new_" + ref.toLowerCase(), "undeclared"));
    assertThat(tags.of(List.of(id), List.of()).get(id))
        .isEqualTo(Map.of("tier", "core", "asset_total", "12.50", "is_margin", "true"));
    assertThat(
            jdbc.sql("select distinct as_of::text from customer_tag where customer_id = ?")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("2026-01-02 00:00:00+08");

    ImportJob declaring =
        done(
            new ImportRequest(IntakeKind.TAGS, ImportFormat.CSV, "dw", false, true, "t.csv"), file);
    assertThat(declaring.accepted()).isEqualTo(2);
    assertThat(registry.find("new_" + ref.toLowerCase())).isPresent();
  }

  @Test
  void customers_may_come_in_gb18030_and_as_json_lines() throws Exception {
    String one = People.ref();
    String two = People.ref();
    long csv =
        imports.upload(
            new ImportRequest(
                IntakeKind.CUSTOMERS, ImportFormat.CSV, "core", false, false, "c.csv"),
            new ByteArrayInputStream(
                ("ref,name,branch,customerClass,legalStatus,tag.city\n"
                        + one
                        + ",王小明,"
                        + People.BRANCH
                        + ",普通,正常,上海\n")
                    .getBytes(Charset.forName("GB18030"))),
            "tester");
    run();
    ImportJob json =
        done(
            new ImportRequest(
                IntakeKind.CUSTOMERS, ImportFormat.NDJSON, "core", false, false, "c.ndjson"),
            "{\"ref\":\"%s\",\"name\":\"李雷\",\"branch\":\"%s\",\"customerClass\":\"普通\",\"legalStatus\":\"正常\",\"identities\":{\"mobile\":\"%s\"},\"tags\":{\"tier\":\"core\"}}%n"
                .formatted(two, People.BRANCH, People.mobile()));

    assertThat(imports.find(csv).orElseThrow().accepted()).isEqualTo(1);
    assertThat(json.accepted()).isEqualTo(1);
    Map<String, Long> ids = customers.idsOf(List.of(one, two));
    assertThat(tags.of(ids.values(), List.of()).get(ids.get(one))).containsEntry("city", "上海");
    assertThat(tags.of(ids.values(), List.of()).get(ids.get(two))).containsEntry("tier", "core");
  }

  @Test
  void a_file_goes_on_where_it_stopped_and_no_row_comes_twice() throws Exception {
    StringBuilder file = new StringBuilder("customer,tag.tier\n");
    for (int i = 0; i < 5_000; i++) {
      file.append(ref).append(",t").append(i).append('\n');
    }
    long job =
        upload(
            new ImportRequest(IntakeKind.TAGS, ImportFormat.CSV, "dw", false, false, "big.csv"),
            file.toString());
    assertThat(runner.runNext()).isTrue();
    ImportJob half = imports.find(job).orElseThrow();
    assertThat(half.status()).isEqualTo(ImportStatus.RUNNING);
    assertThat(half.rowsDone()).isEqualTo(2_000);

    run();
    ImportJob whole = imports.find(job).orElseThrow();
    assertThat(List.of(whole.rowsDone(), whole.accepted())).containsExactly(5_000L, 5_000L);
    assertThat(tags.of(List.of(id), List.of("tier")).get(id)).containsEntry("tier", "t4999");
  }

  @Test
  void a_cancelled_import_takes_nothing_more_in() throws Exception {
    long job = upload(events(false), EVENT_HEADER + ref + "-c," + ref + ",login,2026-01-01,,\n");
    assertThat(imports.cancel(job, "tester")).isTrue();
    run();
    assertThat(imports.find(job).orElseThrow().status()).isEqualTo(ImportStatus.CANCELLED);
    assertThat(events.ofCustomer(id, clock.instant(), 10)).isEmpty();
    assertThat(imports.cancel(job, "tester")).isFalse();
  }

  @Test
  void a_file_that_cannot_be_begun_is_refused_at_once() {
    assertRefused(events(false), "eventId,customer,type\n1,2,3\n", "header");
    assertRefused(events(false), "eventId,eventId,type\n1,2,3\n", "header");
    assertRefused(events(false), "", "header");
    assertRefused(events(false), EVENT_HEADER, "file");
    assertRefused(
        new ImportRequest(IntakeKind.TAGS, ImportFormat.NDJSON, "dw", true, false, "x"),
        "{}",
        "historical");
    assertRefused(
        new ImportRequest(IntakeKind.CONSENTS, ImportFormat.NDJSON, "dw", false, false, "x"),
        "{}",
        "kind");
  }

  @Test
  void an_upload_that_breaks_off_takes_nothing_in() {
    InputStream broken =
        new SequenceInputStream(
            stream(EVENT_HEADER + (ref + "-b," + ref + ",login,2026-01-01,,\n").repeat(10_000)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }
            });
    assertThatThrownBy(() -> imports.upload(events(false), broken, "tester"))
        .isInstanceOf(IOException.class);
    assertThat(runner.runNext()).isFalse();
    assertThat(imports.page(0, 1).get(0).status()).isEqualTo(ImportStatus.FAILED);
  }

  @Test
  void a_value_the_database_cannot_keep_costs_its_own_row_alone() throws Exception {
    ImportJob job =
        done(
            historical(),
            line("u1", "2024-01-01T00:00:00Z")
                + line("u2", "-300000-01-01T00:00:00Z")
                + line("u3", "2024-01-01T00:00:00Z"));
    assertThat(job.accepted()).isEqualTo(2);
    assertThat(rejected.ofImport(job.id(), 0, 10))
        .extracting(RejectedRow::position, RejectedRow::code)
        .containsExactly(tuple(2L, "unstorable"));
  }

  @Test
  void the_statements_of_a_piece_do_not_grow_with_its_rows() throws Exception {
    int few = statementsFor(10);
    int many = statementsFor(1_500);
    assertThat(many).isEqualTo(few).isLessThan(20);
  }

  private int statementsFor(int rows) throws Exception {
    StringBuilder file = new StringBuilder(EVENT_HEADER);
    String name = People.ref();
    for (int i = 0; i < rows; i++) {
      file.append(name)
          .append('-')
          .append(i)
          .append(',')
          .append(ref)
          .append(",login,2026-01-01,,\n");
    }
    upload(events(false), file.toString());
    List<String> asked = new ArrayList<>(statements.during(runner::runNext));
    run();
    return asked.size();
  }

  private String line(String n, String at) {
    return "{\"eventId\":\"%s-%s\",\"customer\":\"%s\",\"type\":\"login\",\"occurredAt\":\"%s\"}%n"
        .formatted(ref, n, ref, at);
  }

  private static ImportRequest events(boolean historical) {
    return new ImportRequest(
        IntakeKind.EVENTS, ImportFormat.CSV, "till", historical, false, "e.csv");
  }

  private static ImportRequest historical() {
    return new ImportRequest(
        IntakeKind.EVENTS, ImportFormat.NDJSON, "till", true, false, "e.ndjson");
  }

  private void assertRefused(ImportRequest request, String file, String field) {
    assertThatThrownBy(() -> upload(request, file))
        .isInstanceOfSatisfying(
            ImportRefusedException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private ImportJob done(ImportRequest request, String file) throws IOException {
    long job = upload(request, file);
    run();
    return imports.find(job).orElseThrow();
  }

  private long upload(ImportRequest request, String file) throws IOException {
    return imports.upload(request, stream(file), "tester");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void run() {
    while (runner.runNext()) {
      // The next piece.
    }
  }

  private long queued() {
    return jdbc.sql("select count(*) from event_queue where customer_id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }
}
