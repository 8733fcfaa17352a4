package io.waymark.suitability.behaviour;

import io.waymark.customer.LevelContradiction;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.platform.database.Columns;
import io.waymark.suitability.SuitabilityPolicies;
import io.waymark.suitability.SuitabilityPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says, as an event of the customer, that a new assessment is due: once for each assessment that
 * runs out and once for each rule that contradicts it. A journey may start on it.
 */
@Component
public class ReassessmentDue {

  /** Type of the event. */
  public static final String EVENT = "suitability.reassessment_due";

  private static final String SOURCE = "suitability";
  private static final int BATCH = 1_000;

  private final JdbcClient jdbc;
  private final SuitabilityPolicies policies;
  private final CustomerEvents events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ReassessmentDue(
      JdbcClient jdbc,
      SuitabilityPolicies policies,
      CustomerEvents events,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.policies = policies;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  void afterContradictions(List<LevelContradiction> found) {
    events.record(
        found.stream()
            .map(
                one ->
                    event(
                        one.customerId(),
                        one.branch(),
                        "contradiction:%d:%d:%s"
                            .formatted(
                                one.customerId(), one.assessedAt().toEpochMilli(), one.rule()),
                        Map.of("cause", "contradiction", "rule", one.rule())))
            .toList());
  }

  /** Looks for assessments that run out soon, however they do, and announces each once. */
  @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
  public void announceExpiring() {
    int announced;
    do {
      Integer batch = transaction.execute(status -> announceSome());
      announced = batch == null ? 0 : batch;
    } while (announced == BATCH);
  }

  private int announceSome() {
    Instant now = clock.instant();
    SuitabilityPolicy policy = policies.at(now).value();
    Duration notice = Duration.ofDays(policy.reassessmentNoticeDays().value());
    List<InternalEvent> found =
        jdbc.sql(
                """
                select a.customer_id, a.branch, a.assessed_at from assessment a
                 where (a.expires_at between :now and :soon
                        or a.assessed_at between :eldest and :elder)
                   and not exists
                         (select from event_seen s
                           where s.source = :source
                             and s.event_id = 'expiring:' || a.customer_id || ':'
                                 || floor(extract(epoch from a.assessed_at) * 1000)::bigint)
                 order by a.customer_id limit :limit
                """)
            .param("now", Columns.timestamp(now))
            .param("soon", Columns.timestamp(now.plus(notice)))
            .param("eldest", Columns.timestamp(now.minus(longest(policy))))
            .param("elder", Columns.timestamp(now.minus(longest(policy)).plus(notice)))
            .param("source", SOURCE)
            .param("limit", BATCH)
            .query(
                (row, number) ->
                    event(
                        row.getLong("customer_id"),
                        row.getString("branch"),
                        "expiring:%d:%d"
                            .formatted(
                                row.getLong("customer_id"),
                                Columns.instant(row, "assessed_at").toEpochMilli()),
                        Map.of("cause", "expiring")))
            .list();
    events.record(found);
    return found.size();
  }

  private static Duration longest(SuitabilityPolicy policy) {
    return Duration.ofDays(policy.assessmentMaxDays().value());
  }

  private InternalEvent event(
      long customerId, String branch, String id, Map<String, Object> properties) {
    return new InternalEvent(SOURCE, id, customerId, branch, EVENT, clock.instant(), properties);
  }
}
