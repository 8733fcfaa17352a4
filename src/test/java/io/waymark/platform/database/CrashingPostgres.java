package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The server of somebody else's data folder, crashed and brought up again for a test. */
public final class CrashingPostgres {

  private final Path home;

  public CrashingPostgres(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  /**
   * Every backend is gone at once, nothing is flushed; then it recovers from its log. On the same
   * port and with the same settings as before.
   */
  public void crash() throws IOException {
    String data = home.resolve("postgres").toString();
    Unprivileged.here()
        .run(
            new PostgresBinaries(home).command("pg_ctl"),
            "-D",
            data,
            "-m",
            "immediate",
            "-w",
            "-t",
            "90",
            "-l",
            data + "/server.log",
            "restart");
  }

  /** Connects as the application does. */
  public Connection connect() throws SQLException {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:"
              + Files.readString(home.resolve("postgres.port")).strip()
              + "/waymark",
          "waymark",
          Files.readString(home.resolve("postgres.password")).strip());
    } catch (IOException e) {
      throw new SQLException("no server in " + home, e);
    }
  }
}
