package io.waymark.insight;

import io.waymark.platform.staff.BranchScope;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far campaigns of tasks are, by branch and advisor; always within a branch scope. */
@Component
public class CampaignFigures {

  private final JdbcClient jdbc;

  CampaignFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Customers of one branch with one advisor.
   *
   * @param advisor user name; null for those who are with nobody
   * @param name of the advisor, or null
   * @param waiting not given to anybody yet
   * @param withheld the gate said no before they were given to anybody
   * @param open with the advisor, or in the branch's pool
   * @param done answered
   * @param unfinished taken back at the end, or left before anybody was asked
   * @param goals who reached the campaign's goal
   */
  public record Line(
      String branch,
      @Nullable String advisor,
      @Nullable String name,
      long waiting,
      long withheld,
      long open,
      long done,
      long unfinished,
      long goals) {

    /** Share of those answered who reached the goal, in percent; null without any. */
    public @Nullable Long conversion() {
      return done == 0 ? null : Math.round(100.0 * goals / done);
    }
  }

  /** A word and how often. */
  public record Count(String code, long count) {}

  /** What advisors were given on one day. */
  public record Day(LocalDate day, long given, long places) {}

  /** The figures of one campaign's journey, by branch and advisor. */
  public List<Line> of(String journeyKey, BranchScope scope) {
    return jdbc.sql(
            """
            select p.branch, t.assignee as advisor, s.name,
                   count(*) filter (where t.task_id is null and p.left_at is null) as waiting,
                   count(*) filter (where t.task_id is null and p.left_reason = 'withheld')
                     as withheld,
                   count(*) filter (where t.status = 'open') as open,
                   count(*) filter (where t.status = 'completed') as done,
                   count(*) filter (where t.status = 'cancelled' and p.goal is null
                     or t.task_id is null and p.left_at is not null and p.goal is null
                        and p.left_reason <> 'withheld') as unfinished,
                   count(p.goal) as goals
              from participation p
              left join advisor_task t
                on t.customer_id = p.customer_id and t.participation_id = p.id
              left join staff s on s.username = t.assignee
             where p.journey_version_id in (
                     select id from journey_version where journey_key = :journey)
               and (:everywhere or p.branch = any(:branches))
             group by p.branch, t.assignee, s.name
             order by p.branch, t.assignee is null, s.name, t.assignee
            """)
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Line.class)
        .list();
  }

  /** All lines together, without branch and advisor. */
  public static Line total(List<Line> lines) {
    return new Line(
        "",
        null,
        null,
        sum(lines, Line::waiting),
        sum(lines, Line::withheld),
        sum(lines, Line::open),
        sum(lines, Line::done),
        sum(lines, Line::unfinished),
        sum(lines, Line::goals));
  }

  private static long sum(List<Line> lines, ToLongFunction<Line> figure) {
    return lines.stream().mapToLong(figure).sum();
  }

  /** What advisors answered, most frequent first. */
  public List<Count> outcomes(String journeyKey, BranchScope scope) {
    return jdbc.sql(
            """
            select t.outcome as code, count(*) as count
              from participation p
              join advisor_task t on t.customer_id = p.customer_id and t.participation_id = p.id
             where p.journey_version_id in (
                     select id from journey_version where journey_key = :journey)
               and t.status = 'completed' and (:everywhere or p.branch = any(:branches))
             group by t.outcome order by count(*) desc, t.outcome
            """)
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Count.class)
        .list();
  }

  /** Why the gate let customers not be called, most frequent first. */
  public List<Count> withheld(String journeyKey, BranchScope scope) {
    return jdbc.sql(
            """
            select v.reason as code, count(distinct p.id) as count
              from participation p
              join verdict v on v.customer_id = p.customer_id and v.participation_id = p.id
             where p.journey_version_id in (
                     select id from journey_version where journey_key = :journey)
               and p.left_reason = 'withheld' and v.outcome = 'withheld'
               and (:everywhere or p.branch = any(:branches))
             group by v.reason order by count(distinct p.id) desc, v.reason
            """)
        .param("journey", journeyKey)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Count.class)
        .list();
  }

  /** What was given day by day, newest first. */
  public List<Day> days(long campaign, BranchScope scope, int most) {
    return jdbc.sql(
            """
            select day, count(participation_id) as given, count(*) as places
              from campaign_place
             where campaign_id = :campaign and (:everywhere or branch = any(:branches))
             group by day order by day desc limit :most
            """)
        .param("campaign", campaign)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("most", most)
        .query(Day.class)
        .list();
  }
}
