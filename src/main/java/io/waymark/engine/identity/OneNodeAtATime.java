package io.waymark.engine.identity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a node puts right in the engine when it starts, one node after the other: two that start at
 * the same moment would write the same rows, and the engine ends one of them with a conflict.
 */
@Component
class OneNodeAtATime {

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('waymark.engine.start'))";

  private final JdbcClient jdbc;

  OneNodeAtATime(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Does it in a transaction of its own, after whoever is at it on another node. */
  @Transactional
  void run(Runnable work) {
    jdbc.sql(LOCK).query((row, number) -> number).list();
    work.run();
  }
}
