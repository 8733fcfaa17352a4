package io.waymark.platform.rehearsal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * One database session with temporary tables in front of the live ones, and one moment of its own.
 * One thread at a time plays on it. It ends with its connection: PostgreSQL then drops what was
 * written, whether we close it or crash.
 */
public final class Stage implements AutoCloseable {

  private final int number;
  private final Connection connection;
  private volatile Instant instant;
  private boolean taken;

  Stage(int number, Connection connection, Instant instant) {
    this.number = number;
    this.connection = connection;
    this.instant = instant;
  }

  /** Never zero; no other open stage has it. */
  int number() {
    return number;
  }

  /** What time it is on this stage. */
  public Instant instant() {
    return instant;
  }

  /**
   * Moves the stage's time on.
   *
   * @throws IllegalArgumentException when that were backwards
   */
  public void moveTo(Instant later) {
    if (later.isBefore(instant)) {
      throw new IllegalArgumentException("time does not go back, on a stage either");
    }
    instant = later;
  }

  /**
   * Does something on this stage: whatever the thread reads, writes and takes for now is the
   * stage's.
   */
  public <T> T play(Callable<T> act) {
    Rehearsing.enter(this);
    try {
      return act.call();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    } finally {
      Rehearsing.leave();
    }
  }

  /** As {@link #play(Callable)}, without an answer. */
  public void play(Runnable act) {
    play(
        () -> {
          act.run();
          return true;
        });
  }

  /**
   * The stage's one connection, for one user at a time. A second one would see none of these
   * tables, so whoever asks for a transaction beside the running one is told so.
   */
  Connection connection() throws SQLException {
    if (taken) {
      throw new SQLException("a stage has one connection, and it is in use");
    }
    taken = true;
    return (Connection)
        Proxy.newProxyInstance(
            Stage.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "close" -> {
                  giveBack();
                  return null;
                }
                case "setReadOnly", "setTransactionIsolation" -> {
                  // The session is read-only for ever; what it writes are temporary tables.
                  return null;
                }
                default -> {
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                  }
                }
              }
            });
  }

  private void giveBack() throws SQLException {
    taken = false;
    if (!connection.isClosed() && !connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // Then the session has ended already, and its tables with it.
      taken = false;
    }
  }
}
