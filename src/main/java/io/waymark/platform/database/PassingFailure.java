package io.waymark.platform.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a failure of the moment from one of the work itself: the database is away or two
 * transactions were in each other's way. The same work may succeed the next time and must not be
 * given up for it.
 */
public final class PassingFailure {

  private PassingFailure() {}

  /** Whether anything in the chain of causes says that the database, not the work, was at fault. */
  public static boolean is(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataAccessResourceFailureException
          || cause instanceof TransientDataAccessException
          || cause instanceof RecoverableDataAccessException
          || cause instanceof CannotCreateTransactionException
          || cause instanceof SQLTransientException
          || cause instanceof SQLRecoverableException
          || cause instanceof SQLException sql && away(sql.getSQLState(), sql.getMessage())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Connection lost, server going down or coming up, serialisation and deadlock; or a dead pool's.
   */
  private static boolean away(@Nullable String state, @Nullable String message) {
    if (state == null) {
      // The pool says so of a connection it has found broken.
      return "Connection is closed".equals(message);
    }
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("40");
  }
}
