package io.waymark.compliance.watch;

import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePacks;
import io.waymark.content.Templates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Trials of draft packs: asked for, watched and stopped by officers. Owns {@code pack_trial}. */
@Component
public class PackTrials {

  /** How far back sent texts are read. */
  public static final Duration LOOKING_BACK = Duration.ofDays(30);

  /** A trial speaks of its day; kept longer it would mislead. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final JdbcClient jdbc;
  private final RulePacks packs;
  private final PackScanners scanners;
  private final Templates templates;
  private final ObjectProvider<SentTexts> sent;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  PackTrials(
      JdbcClient jdbc,
      RulePacks packs,
      PackScanners scanners,
      Templates templates,
      ObjectProvider<SentTexts> sent,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.packs = packs;
    this.scanners = scanners;
    this.templates = templates;
    this.sent = sent;
    this.events = events;
    this.clock = clock;
  }

  /** Somebody waits for background work. */
  record Requested() {}

  /**
   * Starts a trial of a pack against the one in force.
   *
   * @return its id
   * @throws RulePackException when there is no such pack
   */
  @Transactional
  public long start(String version, String by) {
    Instant now = clock.instant();
    PackScanner draft =
        scanners
            .of(version)
            .orElseThrow(() -> new RulePackException("没有规则库 %s, 请刷新列表。".formatted(version)));
    jdbc.sql("delete from pack_trial where requested_at < :before and status <> 'running'")
        .param("before", Timestamp.from(now.minus(KEPT)))
        .update();
    Instant since = now.minus(LOOKING_BACK);
    events.publishEvent(new Requested());
    return jdbc.sql(
            """
            insert into pack_trial (pack_version, pack_hash, base_version, requested_by,
              requested_at, since, status, templates_total, messages_total)
            values (:version, :hash, :base, :by, :now, :since, 'running', :templates, :messages)
            returning trial_id
            """)
        .param("version", version)
        .param("hash", draft.pack().hash())
        .param("base", packs.active(now).version())
        .param("by", by)
        .param("now", Timestamp.from(now))
        .param("since", Timestamp.from(since))
        .param("templates", templates.countOpen())
        .param("messages", sent.stream().mapToInt(texts -> texts.count(since)).sum())
        .query(Long.class)
        .single();
  }

  /** Stops a trial after the batch in hand; what it found so far stays. */
  @Transactional
  public void cancel(long trialId) {
    end(trialId, "cancelled");
  }

  void end(long trialId, String status) {
    jdbc.sql(
            """
            update pack_trial set status = :status, finished_at = :now
             where trial_id = :id and status = 'running'
            """)
        .param("status", status)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", trialId)
        .update();
  }

  /** The trial with this id. */
  public Optional<PackTrial> find(long trialId) {
    return jdbc.sql(READ + " where t.trial_id = :id")
        .param("id", trialId)
        .query(PackTrials::read)
        .optional();
  }

  /** The trials of a pack, latest first. */
  public List<PackTrial> of(String version) {
    return jdbc.sql(READ + " where t.pack_version = :version order by t.trial_id desc limit 10")
        .param("version", version)
        .query(PackTrials::read)
        .list();
  }

  private static final String READ =
      """
      select t.*, coalesce(p.hash <> t.pack_hash, false) as stale
        from pack_trial t left join rule_pack p on p.version = t.pack_version
      """;

  private static PackTrial read(ResultSet row, int number) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    return new PackTrial(
        row.getLong("trial_id"),
        row.getString("pack_version"),
        row.getString("base_version"),
        row.getString("requested_by"),
        row.getTimestamp("requested_at").toInstant(),
        row.getTimestamp("since").toInstant(),
        row.getString("status"),
        row.getInt("templates_total"),
        row.getInt("messages_total"),
        row.getInt("templates_read"),
        row.getInt("messages_read"),
        row.getInt("caught"),
        row.getInt("freed"),
        row.getBoolean("stale"),
        finished == null ? null : finished.toInstant());
  }
}
