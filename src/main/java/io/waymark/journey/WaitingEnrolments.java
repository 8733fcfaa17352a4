package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Wishes that wait: outside the share of a ramp-up, for a free place, or for a paused journey. They
 * are rows like all others, seen on the journey's page, and are queued again when what they wait
 * for has come; whether they may enter is then decided anew. Rows of {@code enrolment}, which
 * {@link Enrolments} owns.
 */
@Component
public class WaitingEnrolments {

  /** The customer is not in the share that is let in so far. */
  static final String RAMP = "ramp";

  /** As many customers are inside as the journey takes. */
  static final String FULL = "full";

  /** As many customers have entered today as the journey takes. */
  static final String FULL_TODAY = "full_today";

  /** The journey is paused. */
  static final String PAUSED = "journey_paused";

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  WaitingEnrolments(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Why a wish waits.
   *
   * @param step the customer's place in the version's ramp-up, 0 to 9,999
   */
  record Waiting(String reason, int step) {}

  /** Lets queued wishes wait. */
  @Transactional(propagation = Propagation.MANDATORY)
  void hold(Map<Long, Waiting> held) {
    if (held.isEmpty()) {
      return;
    }
    List<Long> ids = List.copyOf(held.keySet());
    jdbc.sql(
            """
            update enrolment e set status = 'held', reason = h.reason, held_step = h.step
              from unnest(:ids, :reasons, :steps) as h (id, reason, step)
             where e.id = h.id and e.status = 'queued'
            """)
        .param("ids", ids.toArray(Long[]::new))
        .param("reasons", ids.stream().map(id -> held.get(id).reason()).toArray(String[]::new))
        .param("steps", ids.stream().map(id -> held.get(id).step()).toArray(Integer[]::new))
        .update();
  }

  /** Queues who is inside the share now. */
  @Transactional
  public int releaseShare(String journeyKey, int share) {
    return released(
        jdbc.sql(
                """
                update enrolment set status = 'queued', reason = null
                 where journey_key = :journey and status = 'held' and reason = 'ramp'
                   and held_step < :share
                """)
            .param("journey", journeyKey)
            .param("share", share)
            .update());
  }

  /** Queues whoever waits for this journey, to be decided on anew. */
  @Transactional
  public int releaseAll(String journeyKey) {
    return released(
        jdbc.sql(
                """
                update enrolment set status = 'queued', reason = null
                 where journey_key = :journey and status = 'held'
                """)
            .param("journey", journeyKey)
            .update());
  }

  /** Queues those who waited for a paused journey. */
  @Transactional
  public int releasePaused(String journeyKey) {
    return released(
        jdbc.sql(
                """
                update enrolment set status = 'queued', reason = null
                 where journey_key = :journey and status = 'held' and reason = 'journey_paused'
                """)
            .param("journey", journeyKey)
            .update());
  }

  /** Queues as many of those who wait for a place as there are, the highest priority first. */
  @Transactional
  public int releasePlaces(String journeyKey, int places) {
    return released(
        jdbc.sql(
                """
                update enrolment set status = 'queued', reason = null
                 where id in (select id from enrolment
                               where journey_key = :journey and status = 'held'
                                 and reason in ('full', 'full_today')
                               order by priority desc, id limit :places
                                 for update skip locked)
                """)
            .param("journey", journeyKey)
            .param("places", places)
            .update());
  }

  /** Settles those who wait for a journey that nobody can enter any more. */
  @Transactional
  public int refuseForEnded() {
    return jdbc.sql(
            """
            update enrolment e set status = 'refused', reason = 'journey_not_live',
                                   settled_at = :now
             where e.status = 'held'
               and e.journey_key in (select journey_key from journey_version
                                      group by journey_key
                                     having bool_and(status not in
                                              ('live', 'paused', 'scheduled', 'approved')))
            """)
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
        .update();
  }

  private int released(int count) {
    if (count > 0) {
      events.publishEvent(new EnrolmentsQueued());
    }
    return count;
  }

  /** How many wait for a journey, by reason. */
  public Map<String, Long> counts(String journeyKey, BranchScope scope) {
    Map<String, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            select reason, count(*) from enrolment
             where journey_key = :journey and status = 'held'
               and (:everywhere or branch = any(:branches))
             group by reason
            """)
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  /** Journeys somebody waits for a place in. */
  public List<String> journeysWithoutPlace() {
    return jdbc.sql(
            """
            select distinct journey_key from enrolment
             where status = 'held' and reason in ('full', 'full_today')
            """)
        .query(String.class)
        .list();
  }

  /** Who waits for a journey, in the order in which they will be let in. */
  public List<WaitingWish> page(String journeyKey, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select e.id as enrolment_id, e.customer_id, c.ref as customer_ref, e.branch, e.reason,
                   e.requested_at
              from enrolment e join customer c on c.id = e.customer_id
             where e.journey_key = :journey and e.status = 'held'
               and (:everywhere or e.branch = any(:branches))
             order by e.priority desc, e.id
            offset :offset limit :limit
            """)
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(WaitingWish.class)
        .list();
  }
}
