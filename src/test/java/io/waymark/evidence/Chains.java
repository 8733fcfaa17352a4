package io.waymark.evidence;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Walks the chain of a database that another process filled. */
public final class Chains {

  private Chains() {}

  public static Verification verify(DataSource database) {
    return new EvidenceVerifier(new JdbcTemplate(database)).verify();
  }
}
