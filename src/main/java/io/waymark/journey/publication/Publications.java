package io.waymark.journey.publication;

import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyApproved;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.JourneysChanged;
import io.waymark.journey.PublicationGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishing what was approved: at once, at a moment, or by the approval itself. Every publication
 * asks the guards first, also one that a clock makes.
 */
@Component
public class Publications {

  private static final Logger log = LoggerFactory.getLogger(Publications.class);
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final JdbcClient jdbc;
  private final JourneyVersions versions;
  private final GoingLive going;
  private final Rollouts rollouts;
  private final Publishers publishers;
  private final Holds holds;
  private final ObjectProvider<PublicationGuard> guards;
  private final JourneyActs acts;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Publications(
      JdbcClient jdbc,
      JourneyVersions versions,
      GoingLive going,
      Rollouts rollouts,
      Publishers publishers,
      Holds holds,
      ObjectProvider<PublicationGuard> guards,
      JourneyActs acts,
      ApplicationEventPublisher events,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.going = going;
    this.rollouts = rollouts;
    this.publishers = publishers;
    this.holds = holds;
    this.guards = guards;
    this.acts = acts;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Why a version may not go live now, as sentences; empty: nothing is against it. */
  public List<String> reasonsAgainst(JourneyVersion version) {
    return guards.orderedStream().flatMap(guard -> guard.reasonsAgainst(version).stream()).toList();
  }

  /**
   * Publishes an approved version now. Must not be called inside a transaction.
   *
   * @throws JourneyRefusedException when it is not approved, its approval has ended, a guard is
   *     against it, or the person may not publish
   */
  public JourneyVersion publish(long id, RolloutPlan plan, String by) {
    publishers.mayRun(by);
    JourneyVersion version = require(id, JourneyStatus.APPROVED, JourneyStatus.SCHEDULED);
    requireNothingAgainst(version);
    return going.publish(id, plan, by);
  }

  private void requireNothingAgainst(JourneyVersion version) {
    List<String> reasons = reasonsAgainst(version);
    if (!reasons.isEmpty()) {
      throw new JourneyRefusedException("guarded", "还不能发布：" + String.join(" ", reasons));
    }
  }

  /**
   * Has an approved version published at a moment.
   *
   * @param at later than now, before the approval ends, at most a year ahead
   * @throws JourneyRefusedException as {@link #publish}, or when another version is scheduled
   */
  public void schedule(long id, Instant at, RolloutPlan plan, String by) {
    publishers.mayRun(by);
    JourneyVersion version = require(id, JourneyStatus.APPROVED, JourneyStatus.SCHEDULED);
    requireFuture(at);
    Instant expires = version.expiresAt();
    if (expires != null && !at.isBefore(expires)) {
      throw new JourneyRefusedException("approval_ends", "批准在那之前就到期了，请选更早的时间，或重新提交审核。");
    }
    requireNothingAgainst(version);
    transaction.executeWithoutResult(
        status -> {
          rollouts.plan(id, plan, false, at, by);
          set(version, at, by);
        });
  }

  private void requireFuture(Instant at) {
    Instant now = clock.instant();
    if (!at.isAfter(now) || at.isAfter(now.plus(FURTHEST))) {
      throw new JourneyRefusedException("time_invalid", "发布时间须在现在之后、一年之内，请重新选择。");
    }
  }

  private void set(JourneyVersion version, Instant at, String by) {
    if (version.status() == JourneyStatus.APPROVED && otherScheduled(version)) {
      throw new JourneyRefusedException("other_scheduled", "这个旅程已有另一个版本定时发布，请先取消它的发布计划。");
    }
    int set =
        jdbc.sql(
                """
                update journey_version set status = 'scheduled', go_live_at = :at
                 where id = :id and status in ('approved', 'scheduled')
                """)
            .param("at", at.atZone(ZoneId.of("Asia/Shanghai")).toOffsetDateTime())
            .param("id", version.id())
            .update();
    if (set != 1) {
      throw changed();
    }
    acts.note(
        version,
        EvidenceKind.JOURNEY_PLANNED,
        "scheduled",
        by,
        null,
        Map.of("goLiveAt", at.toString()));
    events.publishEvent(new JourneysChanged());
  }

  private boolean otherScheduled(JourneyVersion version) {
    return versions.of(version.key()).stream()
        .anyMatch(one -> one.status() == JourneyStatus.SCHEDULED);
  }

  /** Takes the moment of publication back; the version stays approved. */
  public void unschedule(long id, String by) {
    publishers.mayRun(by);
    transaction.executeWithoutResult(
        status -> {
          if (!unschedule(id, "unscheduled", by, null)) {
            throw changed();
          }
        });
  }

  /** Whether it was still scheduled. */
  private boolean unschedule(long id, String act, String by, @Nullable String reason) {
    int taken =
        jdbc.sql(
                """
                update journey_version set status = 'approved', go_live_at = null
                 where id = :id and status = 'scheduled'
                """)
            .param("id", id)
            .update();
    if (taken != 1) {
      return false;
    }
    rollouts.forget(id);
    acts.note(
        versions.find(id).orElseThrow(), EvidenceKind.JOURNEY_PLANNED, act, by, reason, Map.of());
    events.publishEvent(new JourneysChanged());
    return true;
  }

  /**
   * Says beforehand that the approval itself is to publish a version.
   *
   * @param at not before this moment; null: as soon as it is approved
   */
  public void onApproval(long id, @Nullable Instant at, RolloutPlan plan, String by) {
    publishers.mayRun(by);
    require(id, JourneyStatus.DRAFT, JourneyStatus.IN_REVIEW);
    if (at != null) {
      requireFuture(at);
    }
    transaction.executeWithoutResult(status -> rollouts.plan(id, plan, true, at, by));
  }

  /** In the approval's own transaction: what its author's side asked for becomes due. */
  @EventListener
  void approved(JourneyApproved approved) {
    JourneyVersion version = approved.version();
    rollouts
        .of(version.id())
        .filter(Rollout::onApproval)
        .filter(rollout -> !otherScheduled(version))
        .ifPresent(
            rollout -> {
              Instant wanted = rollout.wantedAt();
              Instant now = clock.instant();
              set(
                  version,
                  wanted == null || wanted.isBefore(now) ? now : wanted,
                  rollout.plannedBy());
            });
  }

  /**
   * Publishes what is due. Who is refused by a guard is approved and unplanned again, with the
   * reason on its page.
   *
   * @return versions dealt with
   */
  int publishDue() {
    List<Long> due =
        jdbc.sql(
                """
                select id from journey_version
                 where status = 'scheduled' and go_live_at <= :now order by go_live_at, id
                """)
            .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
            .query(Long.class)
            .list();
    due.forEach(this::publishDue);
    return due.size();
  }

  private void publishDue(long id) {
    try {
      JourneyVersion version = require(id, JourneyStatus.SCHEDULED);
      requireNothingAgainst(version);
      going.publish(id, null, rollouts.of(id).map(Rollout::plannedBy).orElse(JourneyActs.MACHINE));
    } catch (JourneyRefusedException refused) {
      // Not when somebody else published it, or took it back, since it was found due.
      boolean stood =
          Boolean.TRUE.equals(
              transaction.execute(
                  status ->
                      unschedule(id, "not_published", JourneyActs.MACHINE, refused.getMessage())));
      log.warn(
          "Version {} was to be published and was {}: {}",
          id,
          stood ? "refused" : "dealt with by somebody else",
          refused.code());
    }
  }

  /**
   * Takes a version back that was never published.
   *
   * @throws JourneyRefusedException when it was, or a review of it is still running
   */
  public void withdraw(long id, String reason, String by) {
    publishers.mayRun(by);
    JourneyVersion version =
        require(id, JourneyStatus.DRAFT, JourneyStatus.APPROVED, JourneyStatus.SCHEDULED);
    String why = Reasons.required(reason);
    transaction.executeWithoutResult(
        status -> {
          rollouts.forget(id);
          move(version, "status = 'withdrawn', go_live_at = null");
          acts.note(version, EvidenceKind.JOURNEY_WITHDRAWN, "withdrawn", by, why, Map.of());
          events.publishEvent(new JourneysChanged());
        });
  }

  /** Ends a live or paused version: nobody enters any more, who is inside goes on. */
  public void end(long id, String reason, String by) {
    publishers.mayRun(by);
    JourneyVersion version = require(id, JourneyStatus.LIVE, JourneyStatus.PAUSED);
    if (holds.standing(version.key()).isPresent()) {
      throw new JourneyRefusedException("journey_held", "旅程中的客户正停在原处，请先恢复旅程，再结束它。");
    }
    String why = Reasons.required(reason);
    transaction.executeWithoutResult(
        status -> {
          move(version, "status = 'ended', ended_at = :now");
          rollouts.endYielding(version.key());
          acts.note(version, EvidenceKind.JOURNEY_ENDED, "ended", by, why, Map.of());
          events.publishEvent(new JourneysChanged());
        });
  }

  /**
   * Ends a live or paused version whose time was over from the beginning, e.g. a campaign's: nobody
   * enters any more, who is inside goes on.
   *
   * @return false when it is over already, or its customers stand still and must be let go first
   */
  public boolean endOnTime(long id, String reason) {
    JourneyVersion version = versions.find(id).orElseThrow();
    if ((version.status() != JourneyStatus.LIVE && version.status() != JourneyStatus.PAUSED)
        || holds.standing(version.key()).isPresent()) {
      return false;
    }
    transaction.executeWithoutResult(
        status -> {
          move(version, "status = 'ended', ended_at = :now");
          rollouts.endYielding(version.key());
          acts.note(
              version, EvidenceKind.JOURNEY_ENDED, "ended", JourneyActs.MACHINE, reason, Map.of());
          events.publishEvent(new JourneysChanged());
        });
    return true;
  }

  private void move(JourneyVersion version, String assignments) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("id", version.id());
    parameters.put("from", version.status().code());
    parameters.put("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")));
    int moved =
        jdbc.sql("update journey_version set " + assignments + " where id = :id and status = :from")
            .params(parameters)
            .update();
    if (moved != 1) {
      throw changed();
    }
  }

  private JourneyVersion require(long id, JourneyStatus... expected) {
    JourneyVersion version =
        versions
            .find(id)
            .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
    if (!List.of(expected).contains(version.status())) {
      throw changed();
    }
    return version;
  }

  private static JourneyRefusedException changed() {
    return new JourneyRefusedException("wrong_status", "这个版本现在的状态不允许这样做：只有已批准的版本可以发布。请刷新后再试。");
  }
}
