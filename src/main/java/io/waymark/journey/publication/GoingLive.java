package io.waymark.journey.publication;

import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.JourneysChanged;
import io.waymark.journey.WaitingEnrolments;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one transaction by which a version takes the place of the one before it. */
@Component
class GoingLive {

  private final JdbcClient jdbc;
  private final JourneyVersions versions;
  private final Rollouts rollouts;
  private final WaitingEnrolments waiting;
  private final JourneyActs acts;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  GoingLive(
      JdbcClient jdbc,
      JourneyVersions versions,
      Rollouts rollouts,
      WaitingEnrolments waiting,
      JourneyActs acts,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.rollouts = rollouts;
    this.waiting = waiting;
    this.acts = acts;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Publishes an approved or scheduled version whose guards have nothing against it.
   *
   * @param plan null keeps what was planned when it was scheduled
   * @param by who wants it, for the proof
   */
  @Transactional
  JourneyVersion publish(long id, @Nullable RolloutPlan plan, String by) {
    JourneyVersion version = lock(id);
    requireFree(version.key());
    if (plan != null) {
      rollouts.plan(id, plan, false, null, by);
    }
    rollouts.begin(id);
    makeWay(versions.find(id).orElseThrow());
    int published =
        jdbc.sql(
                """
                update journey_version set status = 'live', live_since = :now, go_live_at = null
                 where id = :id and status in ('approved', 'scheduled') and expires_at > :now
                """)
            .param("now", now())
            .param("id", id)
            .update();
    if (published != 1) {
      throw new JourneyRefusedException("not_approved", "只有已批准且批准没有过期的版本才能发布，请刷新后再试，或重新提交审核。");
    }
    JourneyVersion live = versions.find(id).orElseThrow();
    waiting.releaseAll(live.key());
    acts.note(
        live,
        EvidenceKind.JOURNEY_PUBLISHED,
        "published",
        by,
        null,
        Map.of("share", live.share(), "approval", String.valueOf(live.approvalNumber())));
    events.publishEvent(new JourneysChanged());
    return live;
  }

  /** Who is outside the share of the new version goes on entering the one that was live. */
  private void makeWay(JourneyVersion version) {
    jdbc.sql(
            """
            update journey_version set status = 'ended', ended_at = :now
             where journey_key = :key and id <> :id
               and (status in ('paused', 'yielding') or status = 'live' and :everybody)
            """)
        .param("now", now())
        .param("key", version.key())
        .param("id", version.id())
        .param("everybody", version.share() == JourneyVersion.EVERYBODY)
        .update();
    jdbc.sql(
            """
            update journey_version set status = 'yielding'
             where journey_key = :key and id <> :id and status = 'live'
            """)
        .param("key", version.key())
        .param("id", version.id())
        .update();
  }

  /** All versions of the journey, so that of two published at once one comes after the other. */
  private JourneyVersion lock(long id) {
    jdbc.sql(
            """
            select id from journey_version
             where journey_key = (select journey_key from journey_version where id = :id)
             order by id for update
            """)
        .param("id", id)
        .query(Long.class)
        .list();
    return versions
        .find(id)
        .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
  }

  /** Who stands still in an older version must be let go, or dealt with, by a person first. */
  private void requireFree(String key) {
    long holding =
        jdbc.sql(
                """
                select (select count(*) from journey_hold
                         where journey_key = :key and released_at is null)
                     + (select count(*) from recall
                         where kind = 'journey' and target = :key and lifted_at is null)
                """)
            .param("key", key)
            .query(Long.class)
            .single();
    if (holding > 0) {
      throw new JourneyRefusedException("journey_held", "旅程中的客户正停在原处（暂停或紧急停止），请先恢复或解除，再发布新版本。");
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
