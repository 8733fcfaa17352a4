package io.waymark.platform.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a missing database as two sentences instead of a stack trace. */
class DatabaseUnavailableAnalyzer extends AbstractFailureAnalyzer<DatabaseUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, DatabaseUnavailableException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.advice(), cause);
  }
}
