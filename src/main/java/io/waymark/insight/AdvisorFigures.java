package io.waymark.insight;

import io.waymark.platform.staff.BranchScope;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much each advisor of some branches has in hand, is late with, and achieves. */
@Component
public class AdvisorFigures {

  private static final int DAYS = 30;

  private final JdbcClient jdbc;

  AdvisorFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One advisor.
   *
   * @param open tasks in hand
   * @param overdue of those, past their time
   * @param resting of those, waiting for an agreed call
   * @param today finished since midnight in Asia/Shanghai
   * @param done finished in the last 30 days
   * @param onTime of those, finished within their time
   * @param goals of those, where the customer then reached the journey's goal
   * @param ratings scores customers gave in the last 30 days
   * @param stars average of them, 1 to 5; null without any
   * @param licenceUntil last day of the practising licence
   * @param licensed whether that day is not over
   */
  public record Line(
      String username,
      String name,
      String branch,
      boolean enabled,
      boolean leader,
      int capacity,
      LocalDate licenceUntil,
      boolean licensed,
      long open,
      long overdue,
      long resting,
      long today,
      long done,
      long onTime,
      long goals,
      long ratings,
      @Nullable BigDecimal stars) {

    /** Share of finished tasks after which the goal was reached, in percent; null without any. */
    public @Nullable Long conversion() {
      return done == 0 ? null : Math.round(100.0 * goals / done);
    }

    /** Share of finished tasks that were in time, in percent; null without any. */
    public @Nullable Long punctuality() {
      return done == 0 ? null : Math.round(100.0 * onTime / done);
    }

    /** Share of the day's capacity used, in percent; more than 100 when overfilled. */
    public long used() {
      return capacity == 0 ? 0 : Math.round(100.0 * (open + today) / capacity);
    }
  }

  /** The advisors of the branches, by branch and name. */
  public List<Line> of(BranchScope scope, Instant now) {
    var midnight =
        LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai"))
            .atStartOfDay(ZoneId.of("Asia/Shanghai"))
            .toOffsetDateTime();
    return jdbc.sql(
            """
            select a.username, s.name, a.branch, s.enabled, a.leader, a.daily_capacity as capacity,
                   a.licence_until, a.licence_until >= :today as licensed,
                   o.open, o.overdue, o.resting, d.today, d.done, d.on_time, d.goals,
                   r.ratings, r.stars
              from advisor a join staff s on s.username = a.username
              cross join lateral (
                select count(*) as open,
                       count(*) filter (where t.due_at < :now) as overdue,
                       count(*) filter (where t.call_back_at > :now) as resting
                  from advisor_task t where t.assignee = a.username and t.status = 'open') o
              cross join lateral (
                select count(*) filter (where t.closed_at >= :midnight) as today,
                       count(*) as done,
                       count(*) filter (where t.closed_at <= t.due_at) as on_time,
                       count(p.goal) as goals
                  from advisor_task t left join participation p on p.id = t.participation_id
                 where t.closed_by = a.username and t.status = 'completed'
                   and t.closed_at >= :since) d
              cross join lateral (
                select count(*) as ratings, round(avg(g.score), 1) as stars
                  from satisfaction g
                 where g.advisor = a.username and g.given_at >= :since) r
             where s.role = 'advisor' and (:everywhere or a.branch = any(:branches))
             order by a.branch, s.name, a.username
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("midnight", midnight)
        .param("today", midnight.toLocalDate())
        .param("since", midnight.minusDays(DAYS))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Line.class)
        .list();
  }
}
