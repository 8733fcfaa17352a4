package io.waymark.segment;

import io.waymark.segment.rule.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Streams members through a server-side cursor on a connection of its own, so that memory stays
 * flat and the consumer's commits do not close the cursor.
 */
@Component
class MemberCursor {

  private static final String CANCELLED = "57014";
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String SETTINGS =
      """
      select set_config('statement_timeout', ?, true), set_config('jit', 'off', true),
             set_config('work_mem', '128MB', true),
             set_config('cursor_tuple_fraction', '1', true)
      """;

  private final DataSource dataSource;

  MemberCursor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Makes this transaction ready for questions over all customers: hash tables fit, no time is
   * spent on compiling, a cursor is planned for all its rows, and none runs for ever.
   */
  static void prepare(JdbcClient jdbc, Duration patience) {
    jdbc.sql(SETTINGS).param(patience.toMillis() + "ms").query((row, number) -> "").single();
  }

  /** Whether the database gave up after the patience of {@link #prepare}. */
  static boolean tooLong(DataAccessException failure) {
    return failure.getMostSpecificCause() instanceof SQLException cause
        && CANCELLED.equals(cause.getSQLState());
  }

  void read(Sql question, int batchSize, Consumer<List<AudienceMember>> consumer) {
    try (Connection connection = dataSource.getConnection()) {
      // The driver keeps a cursor only inside a transaction; read-only, so nothing is ever locked.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      settings(connection);
      try (PreparedStatement statement = prepared(connection, question, batchSize);
          ResultSet rows = statement.executeQuery()) {
        hand(rows, batchSize, consumer);
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new UncategorizedSQLException("members", question.text(), e);
    }
  }

  private static void settings(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
      statement.setString(1, LONGEST.toMillis() + "ms");
      statement.execute();
    }
  }

  private static PreparedStatement prepared(Connection connection, Sql question, int batchSize)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(question.text());
    statement.setFetchSize(batchSize);
    int position = 1;
    for (Object value : question.values()) {
      statement.setObject(position++, value);
    }
    return statement;
  }

  private static void hand(ResultSet rows, int batchSize, Consumer<List<AudienceMember>> consumer)
      throws SQLException {
    Batches batches = new Batches(batchSize, consumer);
    while (rows.next()) {
      batches.add(new AudienceMember(rows.getLong(1), rows.getString(2)));
    }
    batches.end();
  }
}
