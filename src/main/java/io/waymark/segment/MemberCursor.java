package io.waymark.segment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Streams members through a server-side cursor on a connection of its own, so that memory stays
 * flat and the consumer's commits do not close the cursor.
 */
@Component
class MemberCursor {

  private final DataSource dataSource;

  MemberCursor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void read(Sql question, int batchSize, Consumer<List<AudienceMember>> consumer) {
    try (Connection connection = dataSource.getConnection()) {
      // The driver keeps a cursor only inside a transaction; read-only, so nothing is ever locked.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
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
    var batch = new ArrayList<AudienceMember>(batchSize);
    while (rows.next()) {
      batch.add(new AudienceMember(rows.getLong(1), rows.getString(2)));
      if (batch.size() == batchSize) {
        consumer.accept(List.copyOf(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      consumer.accept(List.copyOf(batch));
    }
  }
}
