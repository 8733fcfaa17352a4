package io.waymark.segment.cooling;

import io.waymark.platform.database.Columns;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code cooling_off}: the periods, open and past; a customer has one open at most. */
@Component
public class CoolingOffs {

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;

  CoolingOffs(JdbcClient jdbc, ApplicationEventPublisher publisher, Clock clock) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** A customer who meets a rule. */
  record Meeting(long customerId, CoolingRule rule) {}

  /**
   * Begins periods, except for who is in one.
   *
   * @param anew whether who was released from one that would still last may enter again: he has
   *     done something since
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void begin(List<Meeting> meetings, PolicyInForce<CoolingPolicy> policy, boolean anew) {
    if (meetings.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    expire(meetings.stream().map(Meeting::customerId).toList(), now);
    // In the order of customers: two batches with common ones wait and do not deadlock.
    List<CoolingOffChanged.Period> begun =
        jdbc.sql(
                """
                insert into cooling_off (customer_id, branch, rule, version, began_at, until)
                select g.customer_id, c.branch, g.rule, :version, :now, g.until
                  from unnest(:customers::bigint[], :rules::text[], :untils::timestamptz[])
                       as g (customer_id, rule, until)
                  join customer c on c.id = g.customer_id
                 where :anew or not exists
                       (select from cooling_off k
                         where k.customer_id = g.customer_id and k.until > :now)
                 order by g.customer_id, g.until desc, g.rule
                on conflict do nothing
                returning customer_id, branch, rule, version, until
                """)
            .param("version", policy.version())
            .param("now", Columns.timestamp(now))
            .param("customers", Columns.longs(meetings, Meeting::customerId))
            .param("rules", Columns.texts(meetings, meeting -> meeting.rule().code()))
            .param(
                "untils",
                Columns.instants(
                    meetings, meeting -> now.plus(Duration.ofDays(meeting.rule().days()))))
            .param("anew", anew)
            .query(CoolingOffs::period)
            .list();
    announce(true, begun);
  }

  private void expire(Collection<Long> customerIds, Instant now) {
    jdbc.sql(
            """
            update cooling_off set ended_at = until, ended_because = 'expired'
             where customer_id = any(:customers) and ended_at is null and until <= :now
            """)
        .param("customers", Columns.longs(customerIds))
        .param("now", Columns.timestamp(now))
        .update();
  }

  /** Ends the periods that are over by time. */
  @Transactional
  public void expireAll() {
    jdbc.sql(
            """
            update cooling_off set ended_at = until, ended_because = 'expired'
             where ended_at is null and until <= ?
            """)
        .param(Columns.timestamp(clock.instant()))
        .update();
  }

  /** Lifts the periods of these customers that the policy lets end early. */
  @Transactional(propagation = Propagation.MANDATORY)
  void lift(Collection<Long> customerIds, CoolingPolicy policy) {
    lift(false, customerIds, policy);
  }

  /** As {@link #lift}, of all customers: a least stay ends without an event. */
  @Transactional(propagation = Propagation.MANDATORY)
  void liftAll(CoolingPolicy policy) {
    lift(true, List.of(), policy);
  }

  private void lift(boolean all, Collection<Long> customerIds, CoolingPolicy policy) {
    Instant now = clock.instant();
    List<CoolingOffChanged.Period> lifted =
        jdbc.sql(
                """
                update cooling_off k set ended_at = :now, ended_because = 'lifted'
                 where k.ended_at is null and k.until > :now and k.began_at <= :oldest
                   and (:all or k.customer_id = any(:customers))
                   and exists (select from customer_event e
                                where e.customer_id = k.customer_id and e.type = any(:types)
                                  and e.occurred_at > k.began_at and e.occurred_at <= :now)
                returning k.customer_id, k.branch, k.rule, k.version, k.until
                """)
            .param("now", Columns.timestamp(now))
            .param("oldest", Columns.timestamp(now.minus(Duration.ofDays(policy.leastDays()))))
            .param("all", all)
            .param("customers", Columns.longs(customerIds))
            .param("types", policy.liftedBy().toArray(String[]::new))
            .query(CoolingOffs::period)
            .list();
    announce(false, lifted);
  }

  private void announce(boolean began, List<CoolingOffChanged.Period> periods) {
    if (!periods.isEmpty()) {
      publisher.publishEvent(new CoolingOffChanged(began, periods));
    }
  }

  /** The open periods somebody may see, those that end last first. */
  @Transactional(readOnly = true)
  public List<CoolingOffChanged.Period> open(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select customer_id, branch, rule, version, until from cooling_off
             where ended_at is null and until > :now
               and (:everywhere or branch = any(:branches))
             order by until desc, cooling_off_id offset :offset limit :limit
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(CoolingOffs::period)
        .list();
  }

  private static CoolingOffChanged.Period period(ResultSet row, int number) throws SQLException {
    return new CoolingOffChanged.Period(
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("rule"),
        row.getString("version"),
        Columns.instant(row, "until"));
  }
}
