package io.waymark.platform.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** A JVM of its own that writes a row and then waits to be killed, or ends in good order. */
final class PostgresUser {

  private PostgresUser() {}

  /**
   * @param arguments folder, text to write, {@code stay} or {@code leave}
   */
  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.in(Path.of(arguments[0]), true);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists note (text text)");
      statement.execute("insert into note values ('" + arguments[1] + "')");
    }
    System.out.println("written");
    if (arguments[2].equals("stay")) {
      Thread.sleep(120_000);
    }
  }
}
