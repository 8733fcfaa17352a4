package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.posting.PostingKeeping;
import io.waymark.segment.posting.PostingQuestions;
import io.waymark.segment.posting.Selected;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counting from lists while others write: nothing that is committed is missed. */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class ListedCountsTest {

  private static final Instant NOW = MovableClock.START;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired ApplicationContext context;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired PostingQuestions lists;
  @Autowired PostingKeeping keeping;
  @Autowired DataSource source;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired StatementCounter statements;

  private final String mark = "LC" + System.nanoTime() + "x" + NUMBER.incrementAndGet();
  private final String tag = mark.toLowerCase(java.util.Locale.ROOT);
  private final String type = tag + ".seen";
  private final BranchScope scope = BranchScope.of(mark);
  private List<Long> ids = List.of();

  @BeforeEach
  void somePeople() {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(
          new Person(
              mark + "-" + i,
              mark,
              null,
              CustomerClass.ORDINARY,
              null,
              Map.of(),
              List.of(),
              Map.of(),
              null,
              Map.of()));
    }
    ids = List.copyOf(new Population(context, NOW).settle(people).values());
  }

  @Test
  void a_value_written_before_the_list_was_built_and_committed_after_counts() throws Exception {
    try (Writing other = new Writing(Connection.TRANSACTION_READ_COMMITTED)) {
      other.tag(ids.get(0));
      build();
      assertThat(listed("tag " + tag + " = 'yes'")).hasValue(0L);
      other.commit();
    }
    assertThat(listed("tag " + tag + " = 'yes'")).hasValue(1L);
  }

  @Test
  void a_late_event_of_a_transaction_that_sees_no_more_than_when_it_began_counts()
      throws Exception {
    withoutHorizon();
    try (Writing other = new Writing(Connection.TRANSACTION_REPEATABLE_READ)) {
      other.look();
      build();
      other.event(ids.get(1), NOW.minus(Duration.ofDays(3)));
      other.commit();
    }
    assertThat(listed("event " + type + " exists within 10 days")).hasValue(1L);
  }

  @Test
  void a_day_gets_no_list_while_a_transaction_may_still_change_it_without_a_note()
      throws Exception {
    withoutHorizon();
    try (Writing other = new Writing(Connection.TRANSACTION_READ_COMMITTED)) {
      other.event(ids.get(2), NOW.minus(Duration.ofDays(2)));
      build();
      assertThat(listed("event " + type + " exists within 10 days"))
          .as("days without lists are asked of the rows")
          .isEmpty();
      other.commit();
    }
    build();
    assertThat(listed("event " + type + " exists within 10 days")).hasValue(1L);
  }

  @Test
  void changes_every_list_has_seen_are_removed() throws Exception {
    build();
    try (Writing other = new Writing(Connection.TRANSACTION_READ_COMMITTED)) {
      other.tag(ids.get(0));
      other.commit();
    }
    build();
    assertThat(noted()).as("the list has not seen it, and is too young to be built anew").isOne();
    context.getBean(MovableClock.class).advance(Duration.ofHours(2));
    build();
    assertThat(noted()).isZero();
    assertThat(listed("tag " + tag + " = 'yes'")).hasValue(1L);
  }

  @Test
  void within_a_transaction_the_rows_are_asked_for_they_know_what_it_wrote() {
    build();
    Long counted =
        transaction.execute(
            status -> {
              jdbc.sql(
                      """
                      insert into customer_tag
                        (customer_id, branch, tag, value, as_of, updated_at, updated_by)
                      values (?, ?, ?, 'yes', ?, ?, 'test')
                      """)
                  .params(ids.get(0), mark, tag, Timestamp.from(NOW), Timestamp.from(NOW))
                  .update();
              long count = questions.countOfRule("tag " + tag + " = 'yes'", scope, NOW);
              status.setRollbackOnly();
              return count;
            });
    assertThat(counted).isOne();
    assertThat(listed("tag " + tag + " = 'yes'")).hasValue(0L);
  }

  @Test
  void lists_of_another_cluster_are_not_believed() {
    build();
    jdbc.sql("update posting set cluster = cluster + 1 where name = ?").param(tag).update();
    assertThat(listed("tag " + tag + " = 'yes'")).isEmpty();
    build();
    assertThat(listed("tag " + tag + " = 'yes'")).hasValue(0L);
  }

  @Test
  void a_count_from_lists_asks_for_few_things_however_many_days_it_goes_over() {
    build();
    String rule = "tag " + tag + " = 'yes' and event " + type + " count >= 2 within 300 days";
    listed(rule);
    assertThat(statements.during(() -> assertThat(listed(rule)).hasValue(0L)))
        .hasSizeLessThanOrEqualTo(12);
  }

  /** As before anybody asked for an event. */
  private void withoutHorizon() {
    jdbc.sql("delete from posting_horizon").update();
    jdbc.sql("delete from posting where kind = 'event'").update();
  }

  private void build() {
    Lists.of(context).build(NOW, List.of(tag), List.of(type));
  }

  private long noted() {
    return jdbc.sql("select count(*) from posting_change where ? = any(names)")
        .param(tag)
        .query(Long.class)
        .single();
  }

  private Optional<Long> listed(String rule) {
    return lists
        .ask(
            AudienceRules.parse(rule),
            audiences.resolving(""),
            questions.moment(NOW),
            scope,
            Duration.ofMinutes(1))
        .map(Selected::size);
  }

  /** A transaction of somebody else. */
  private final class Writing implements AutoCloseable {

    private final Connection connection;

    Writing(int isolation) throws SQLException {
      connection = source.getConnection();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
    }

    void look() throws SQLException {
      try (PreparedStatement any = connection.prepareStatement("select count(*) from product")) {
        any.execute();
      }
    }

    void tag(long customer) throws SQLException {
      run(
          """
          insert into customer_tag
            (customer_id, branch, tag, value, as_of, updated_at, updated_by)
          values (?, ?, ?, 'yes', ?, ?, 'test')
          """,
          customer,
          mark,
          tag,
          Timestamp.from(NOW),
          Timestamp.from(NOW));
    }

    void event(long customer, Instant at) throws SQLException {
      run(
          """
          insert into customer_event (seq, customer_id, branch, type, occurred_at, received_at,
                                      source, event_id, properties)
          values (nextval('customer_event_seq'), ?, ?, ?, ?, ?, 'test', ?, '{}')
          """,
          customer,
          mark,
          type,
          Timestamp.from(at),
          Timestamp.from(NOW),
          mark);
    }

    private void run(String sql, Object... values) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
      }
    }

    void commit() throws SQLException {
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
      connection.close();
    }
  }
}
