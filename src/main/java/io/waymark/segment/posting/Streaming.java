package io.waymark.segment.posting;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements whose rows come some at a time, however many there are. */
final class Streaming {

  private static final int AT_ONCE = 10_000;

  private Streaming() {}

  static JdbcClient over(DataSource source) {
    JdbcTemplate template = new JdbcTemplate(source);
    template.setFetchSize(AT_ONCE);
    return JdbcClient.create(template);
  }
}
