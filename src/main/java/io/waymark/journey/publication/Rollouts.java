package io.waymark.journey.publication;

import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.JourneysChanged;
import io.waymark.journey.WaitingEnrolments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ramp-up of each published version. Owns {@code journey_rollout}. A share only grows, and who
 * was let in at a small share is among those of every larger one.
 */
@Component
public class Rollouts {

  private final JdbcClient jdbc;
  private final JourneyVersions versions;
  private final WaitingEnrolments waiting;
  private final Publishers publishers;
  private final JourneyActs acts;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Rollouts(
      JdbcClient jdbc,
      JourneyVersions versions,
      WaitingEnrolments waiting,
      Publishers publishers,
      JourneyActs acts,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.waiting = waiting;
    this.publishers = publishers;
    this.acts = acts;
    this.events = events;
    this.clock = clock;
  }

  /** The ramp-up planned or under way for a version. */
  public Optional<Rollout> of(long versionId) {
    return jdbc.sql("select * from journey_rollout where journey_version_id = ?")
        .param(versionId)
        .query(Rollouts::read)
        .optional();
  }

  /** Those of live versions. */
  List<Rollout> live() {
    return jdbc.sql(
            """
            select r.* from journey_rollout r join journey_version v on v.id = r.journey_version_id
             where v.status = 'live' order by v.id
            """)
        .query(Rollouts::read)
        .list();
  }

  /** Writes the plan of a version that is not published yet. */
  @Transactional(propagation = Propagation.MANDATORY)
  void plan(long versionId, RolloutPlan plan, boolean onApproval, @Nullable Instant at, String by) {
    StopRule stop = plan.stop();
    jdbc.sql(
            """
            insert into journey_rollout
              (journey_version_id, shares, dwell_minutes, stage, stage_since, share, watched_since,
               least, most_withheld, most_complaints, most_failures, on_approval, wanted_at,
               planned_by)
            values (:version, :shares, :dwells, 0, :now, 0, :now, :least, :withheld, :complaints,
                    :failures, :onApproval, :at, :by)
            on conflict (journey_version_id) do update
               set shares = excluded.shares, dwell_minutes = excluded.dwell_minutes, stage = 0,
                   share = 0, stage_since = excluded.stage_since,
                   watched_since = excluded.watched_since, least = excluded.least,
                   most_withheld = excluded.most_withheld,
                   most_complaints = excluded.most_complaints,
                   most_failures = excluded.most_failures, on_approval = excluded.on_approval,
                   wanted_at = excluded.wanted_at, planned_by = excluded.planned_by
            """)
        .param("version", versionId)
        .param(
            "shares", plan.stages().stream().map(RolloutPlan.Stage::share).toArray(Integer[]::new))
        .param("dwells", plan.stages().stream().map(Rollouts::minutes).toArray(Integer[]::new))
        .param("now", now())
        .param("least", stop.least())
        .param("withheld", stop.mostWithheld())
        .param("complaints", stop.mostComplaints())
        .param("failures", stop.mostFailures())
        .param("onApproval", onApproval)
        .param("at", at == null ? null : at.atOffset(now().getOffset()), java.sql.Types.OTHER)
        .param("by", by)
        .update();
  }

  private static Integer minutes(RolloutPlan.Stage stage) {
    Duration dwell = stage.dwell();
    return dwell == null ? 0 : (int) dwell.toMinutes();
  }

  /** Forgets a plan whose version will not be published by it. */
  @Transactional(propagation = Propagation.MANDATORY)
  void forget(long versionId) {
    jdbc.sql("delete from journey_rollout where journey_version_id = ? and stage = 0")
        .param(versionId)
        .update();
  }

  /** Begins the first step of what was planned. */
  @Transactional(propagation = Propagation.MANDATORY)
  void begin(long versionId) {
    jdbc.sql(
            """
            update journey_rollout
               set stage = 1, share = shares[1], stage_since = :now, watched_since = :now
             where journey_version_id = :version
            """)
        .param("now", now())
        .param("version", versionId)
        .update();
  }

  /** Counts anew for the stop rule, because a person has looked at what stopped it. */
  @Transactional(propagation = Propagation.MANDATORY)
  void watchAnew(long versionId) {
    jdbc.sql("update journey_rollout set watched_since = ? where journey_version_id = ?")
        .params(now(), versionId)
        .update();
  }

  /**
   * Goes on to the next step of a live version; who waited for it is let in.
   *
   * @param stage the step the person saw; somebody else may have gone on meanwhile
   * @throws JourneyRefusedException when the version is not live, or has gone on already, or the
   *     person may not
   */
  @Transactional
  public void raise(long versionId, int stage, String by) {
    publishers.mayRun(by);
    next(versionId, stage, by);
  }

  /** The same when the step has lasted long enough. */
  @Transactional
  void next(long versionId, int stage, String by) {
    JourneyVersion version =
        versions
            .find(versionId)
            .filter(one -> one.status() == JourneyStatus.LIVE)
            .orElseThrow(() -> new JourneyRefusedException("wrong_status", "旅程没有在运行，不能放量，请刷新后再试。"));
    Integer share =
        jdbc.sql(
                """
                update journey_rollout
                   set stage = stage + 1, share = shares[stage + 1], stage_since = :now
                 where journey_version_id = :version and stage = :stage
                   and stage < cardinality(shares)
                returning share
                """)
            .param("now", now())
            .param("version", versionId)
            .param("stage", stage)
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> new JourneyRefusedException("stage_passed", "放量的阶段已经改变，请刷新后再试。"));
    waiting.releaseShare(version.key(), share);
    if (share == JourneyVersion.EVERYBODY) {
      endYielding(version.key());
    }
    acts.note(
        version,
        EvidenceKind.JOURNEY_SHARE_RAISED,
        "share_raised",
        by,
        null,
        Map.of("share", share, "stage", stage + 1));
    events.publishEvent(new JourneysChanged());
  }

  /** Nobody is outside the share any more, or the journey ends: the version before it is over. */
  @Transactional(propagation = Propagation.MANDATORY)
  void endYielding(String key) {
    jdbc.sql(
            """
            update journey_version set status = 'ended', ended_at = :now
             where journey_key = :key and status = 'yielding'
            """)
        .param("now", now())
        .param("key", key)
        .update();
  }

  private static Rollout read(ResultSet row, int index) throws SQLException {
    Integer[] shares = (Integer[]) row.getArray("shares").getArray();
    Integer[] dwells = (Integer[]) row.getArray("dwell_minutes").getArray();
    List<RolloutPlan.Stage> stages = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      stages.add(
          new RolloutPlan.Stage(shares[i], dwells[i] == 0 ? null : Duration.ofMinutes(dwells[i])));
    }
    StopRule stop =
        new StopRule(
            row.getInt("least"),
            row.getObject("most_withheld", Integer.class),
            row.getObject("most_complaints", Integer.class),
            row.getObject("most_failures", Integer.class));
    OffsetDateTime wanted = row.getObject("wanted_at", OffsetDateTime.class);
    return new Rollout(
        row.getLong("journey_version_id"),
        new RolloutPlan(stages, stop),
        row.getInt("stage"),
        row.getObject("stage_since", OffsetDateTime.class).toInstant(),
        row.getInt("share"),
        row.getObject("watched_since", OffsetDateTime.class).toInstant(),
        row.getBoolean("on_approval"),
        wanted == null ? null : wanted.toInstant(),
        row.getString("planned_by"));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
