package io.waymark.insight.report;

import io.waymark.platform.staff.BranchScope;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was withheld, complained about and opted out of, month by month and by what it was about,
 * down to the customers.
 */
@Component
public class ContactReport {

  /** What is counted. */
  public enum Measure {
    /** Messages held back for good, each once, whether at sending, at dispatch or by a recall. */
    WITHHELD,
    /** Customers put on the list of complaints. */
    COMPLAINTS,
    /** Refusals given in answer to a message. */
    OPT_OUTS;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it is counted by. */
  public enum By {
    REASON,
    JOURNEY,
    TEMPLATE,
    CHANNEL,
    BRANCH;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One figure.
   *
   * @param key code of what it is counted by; empty when that is not known
   */
  public record Figure(YearMonth month, String key, long count) {}

  /** One case behind a figure. */
  public record Case(
      Instant at, long customerId, String branch, String reason, String journey, String template) {}

  private static final String WITHHELD =
      """
      select m.settled_at as at, m.customer_id, m.branch, m.reason, m.journey_key as journey,
             m.template, m.channel
        from message m
       where m.status = 'withheld' and m.settled_at >= :from and m.settled_at < :to
      union all
      select v.decided_at, v.customer_id, v.branch, v.reason, v.journey_key, v.template, v.channel
        from verdict v
       where v.kind = 'send' and v.outcome = 'withheld'
         and v.decided_at >= :from and v.decided_at < :to
      """;

  private static final String COMPLAINTS =
      """
      select s.since as at, s.customer_id, s.branch, s.reason, '' as journey, '' as template,
             '' as channel
        from suppression s
       where s.reason = 'complaint' and s.since >= :from and s.since < :to
      """;

  /** One answer refuses several purposes; it is one opt-out. */
  private static final String OPT_OUTS =
      """
      select distinct on (c.customer_id, c.evidence_ref)
             c.recorded_at as at, c.customer_id, c.branch, c.source as reason,
             coalesce(m.journey_key, '') as journey, coalesce(m.template, '') as template, c.channel
        from consent_change c
        left join receipt_seen r
          on c.evidence_ref = 'receipt:' || r.provider_receipt_id and r.channel = c.channel
        left join message m on m.message_id = r.message_id
       where c.state = 'REFUSED' and c.recorded_at >= :from and c.recorded_at < :to
       order by c.customer_id, c.evidence_ref, c.recorded_at
      """;

  private final JdbcClient jdbc;

  ContactReport(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Figures of a span, by month and then the largest first. */
  public List<Figure> figures(Measure measure, By by, Instant from, Instant to, BranchScope scope) {
    return jdbc.sql(
            """
            select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                   coalesce(%s, '') as key, count(*) as n
              from (%s) as found
             where (:everywhere or branch = any(:branches))
             group by 1, 2 order by 1, 3 desc, 2
            """
                .formatted(by.code(), source(measure)))
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            (row, number) ->
                new Figure(
                    YearMonth.parse(row.getString("month")),
                    row.getString("key"),
                    row.getLong("n")))
        .list();
  }

  /** The cases behind a figure, newest first. */
  public List<Case> cases(
      Measure measure,
      By by,
      String key,
      Instant from,
      Instant to,
      BranchScope scope,
      int offset,
      int limit) {
    return jdbc.sql(
            """
            select at, customer_id, branch, coalesce(reason, '') as reason, journey, template
              from (%s) as found
             where coalesce(%s, '') = :key and (:everywhere or branch = any(:branches))
             order by at desc, customer_id offset :offset limit :limit
            """
                .formatted(source(measure), by.code()))
        .param("key", key)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Case(
                    row.getTimestamp("at").toInstant(),
                    row.getLong("customer_id"),
                    row.getString("branch"),
                    row.getString("reason"),
                    row.getString("journey"),
                    row.getString("template")))
        .list();
  }

  private static String source(Measure measure) {
    return switch (measure) {
      case WITHHELD -> WITHHELD;
      case COMPLAINTS -> COMPLAINTS;
      case OPT_OUTS -> OPT_OUTS;
    };
  }
}
