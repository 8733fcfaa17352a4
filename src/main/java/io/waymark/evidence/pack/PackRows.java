package io.waymark.evidence.pack;

import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of a pack in the order of the chain, streamed: a campaign may have a million. */
@Component
class PackRows {

  private static final int FETCH_SIZE = 1_000;

  private static final String ROW =
      """
      select s.seal_no, s.hash, e.id, e.at, e.kind, e.subject, e.customer_id, e.branch, e.actor,
             e.facts
        from evidence e join evidence_seal s on s.evidence_id = e.id
      """;

  private final JdbcClient jdbc;

  PackRows(JdbcTemplate template) {
    JdbcTemplate streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    streaming.setFetchSize(FETCH_SIZE);
    this.jdbc = JdbcClient.create(streaming);
  }

  /** Rows up to a link; later ones are under no anchor yet. */
  Stream<PackRow> of(PackSubject subject, BranchScope scope, long lastSeal) {
    return statement(subject)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("last", lastSeal)
        .query(PackRow::read)
        .stream();
  }

  private JdbcClient.StatementSpec statement(PackSubject subject) {
    if (subject instanceof PackSubject.OfJourney journey) {
      return jdbc.sql(
              ROW
                  + """
                   where e.at >= :from and e.at < :to and s.seal_no <= :last
                     and (e.branch is null or :everywhere or e.branch = any(:branches))
                     and (e.facts::jsonb ->> 'journey' = :journey
                       or e.subject in (
                         select c.subject from evidence c
                          where c.kind in ('message_claimed', 'journey_entered')
                            and c.at >= :from and c.at < :to
                            and c.facts::jsonb ->> 'journey' = :journey))
                   order by s.seal_no
                  """)
          .param("journey", journey.key())
          .param("from", Timestamp.from(journey.from()))
          .param("to", Timestamp.from(journey.to()));
    }
    PackSubject.OfCustomer customer = (PackSubject.OfCustomer) subject;
    return jdbc.sql(
            ROW
                + """
                 where e.customer_id = :customer and s.seal_no <= :last
                   and (:everywhere or e.branch = any(:branches))
                 order by s.seal_no
                """)
        .param("customer", customer.customerId());
  }

  /** One row with every value the chain is over. */
  record PackRow(
      long seal,
      byte[] hash,
      long id,
      Timestamp at,
      String kind,
      String subject,
      @Nullable Long customerId,
      @Nullable String branch,
      String actor,
      String facts) {

    static PackRow read(ResultSet row, int number) throws SQLException {
      return new PackRow(
          row.getLong("seal_no"),
          row.getBytes("hash"),
          row.getLong("id"),
          row.getTimestamp("at"),
          row.getString("kind"),
          row.getString("subject"),
          row.getObject("customer_id", Long.class),
          row.getString("branch"),
          row.getString("actor"),
          row.getString("facts"));
    }
  }
}
