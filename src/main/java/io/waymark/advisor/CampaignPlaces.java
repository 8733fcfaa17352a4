package io.waymark.advisor;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The places of campaigns: as many for each advisor and day as the cap allows. Owns {@code
 * campaign_place}.
 *
 * <p>Whoever is given a customer takes a place, whatever the door: the day's release, a task given
 * to somebody else, claimed or handed over. A place is a row that is taken once, and nobody waits
 * for a row that somebody else is taking, so the cap holds at any number of takers and none of them
 * can block another. A place stays taken for its day also when its task moves on: the cap is about
 * what an advisor was given.
 */
@Component
public class CampaignPlaces {

  /** Kind of tasks that take places, see {@link TaskNeeds#KINDS}. */
  static final String KIND = "campaign";

  private final JdbcClient jdbc;

  CampaignPlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Opens the day for everybody who could be given customers of a campaign and has no places yet.
   *
   * @param now decides the day, Asia/Shanghai
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void open(long campaign, String qualification, int cap, Instant now) {
    jdbc.sql(
            """
            insert into campaign_place (campaign_id, day, advisor, number, branch)
            select :campaign, :today, a.username, n, a.branch
            from advisor a join staff s on s.username = a.username,
                 generate_series(1, :cap) as n
            where s.enabled and s.role = 'advisor' and a.licence_until >= :today
              and :qualification = any(a.qualifications)
              and not exists (
                select 1 from campaign_place p
                where p.campaign_id = :campaign and p.day = :today and p.advisor = a.username)
            on conflict do nothing
            """)
        .param("campaign", campaign)
        .param("today", Roster.today(now))
        .param("cap", cap)
        .param("qualification", qualification)
        .update();
  }

  /**
   * What one advisor can still be given.
   *
   * @param places free places of the campaign today
   * @param room customers until the day's capacity is used, what was promised included
   */
  public record Room(String advisor, String branch, int places, int room) {

    /** How many customers that makes. */
    public int left() {
      return Math.max(0, Math.min(places, room));
    }
  }

  /** Everybody who has places of this campaign today, free ones or not. */
  public List<Room> rooms(long campaign, Instant now) {
    return jdbc.sql(
            """
            select p.advisor, p.branch, count(*) filter (where p.participation_id is null) as places,
                   a.daily_capacity
                   - (select count(*) from advisor_task t
                      where t.assignee = p.advisor and t.status = 'open')
                   - (select count(*) from advisor_task t
                      where t.assignee = p.advisor and t.status = 'completed'
                        and t.closed_at >= :midnight)
                   - (select count(*) from campaign_place o
                      where o.advisor = p.advisor and o.day = :today
                        and o.participation_id is not null and o.task_id is null) as room
            from campaign_place p join advisor a on a.username = p.advisor
            where p.campaign_id = :campaign and p.day = :today
            group by p.advisor, p.branch, a.daily_capacity
            order by p.advisor
            """)
        .param("campaign", campaign)
        .param("today", Roster.today(now))
        .param("midnight", Roster.midnight(now))
        .query(Room.class)
        .list();
  }

  /**
   * Takes a place for somebody who waits for a task.
   *
   * @return false when the advisor has none left today
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean promise(long campaign, String advisor, long participation, Instant now) {
    return jdbc.sql(
                """
                update campaign_place set participation_id = :participation, taken_at = :now
                where (campaign_id, day, advisor, number) = (
                  select campaign_id, day, advisor, number from campaign_place
                  where campaign_id = :campaign and day = :today and advisor = :advisor
                    and participation_id is null
                  order by number limit 1 for update skip locked)
                """)
            .param("participation", participation)
            .param("now", TaskTable.at(now))
            .param("campaign", campaign)
            .param("today", Roster.today(now))
            .param("advisor", advisor)
            .update()
        == 1;
  }

  /** Gives the place back of somebody who got no task after all. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void giveBack(long participation) {
    jdbc.sql(
            """
            update campaign_place set participation_id = null, taken_at = null
            where participation_id = ? and task_id is null
            """)
        .param(participation)
        .update();
  }

  /** The advisor to whom a participation was promised, latest first. */
  Optional<String> promised(long participation) {
    return jdbc.sql(
            """
            select advisor from campaign_place where participation_id = ? and task_id is null
            order by taken_at desc limit 1
            """)
        .param(participation)
        .query(String.class)
        .optional();
  }

  /** Binds the promised place to the task it was promised for. */
  void kept(long participation, String advisor, String taskId) {
    jdbc.sql(
            """
            update campaign_place set task_id = :task
            where participation_id = :participation and advisor = :advisor and task_id is null
            """)
        .param("task", taskId)
        .param("participation", participation)
        .param("advisor", advisor)
        .update();
  }

  /**
   * Takes a place for a task that is given to somebody.
   *
   * @return false when the advisor has none left today
   */
  boolean take(String journeyKey, long participation, String taskId, String advisor, Instant now) {
    openFor(journeyKey, advisor, now);
    return jdbc.sql(
                """
                update campaign_place
                set participation_id = :participation, task_id = :task, taken_at = :now
                where (campaign_id, day, advisor, number) = (
                  select campaign_id, day, advisor, number from campaign_place
                  where campaign_id = :campaign and day = :today and advisor = :advisor
                    and participation_id is null
                  order by number limit 1 for update skip locked)
                """)
            .param("participation", participation)
            .param("task", taskId)
            .param("now", TaskTable.at(now))
            .param("campaign", campaign(journeyKey))
            .param("today", Roster.today(now))
            .param("advisor", advisor)
            .update()
        == 1;
  }

  /** Who has no place left today for customers of this journey's campaign. */
  Set<String> full(String journeyKey, Instant now) {
    return Set.copyOf(
        jdbc.sql(
                """
                select advisor from campaign_place
                where campaign_id = :campaign and day = :today
                group by advisor having count(*) = count(participation_id)
                """)
            .param("campaign", campaign(journeyKey))
            .param("today", Roster.today(now))
            .query(String.class)
            .list());
  }

  /** Whether tasks of this journey and kind take places. */
  static boolean counts(String journeyKey, String kind) {
    return KIND.equals(kind) && journeyKey.matches("campaign-\\d{1,15}");
  }

  /** Somebody may be given a task on a day, or at an hour, on which nothing was released. */
  private void openFor(String journeyKey, String advisor, Instant now) {
    LocalDate today = Roster.today(now);
    jdbc.sql(
            """
            insert into campaign_place (campaign_id, day, advisor, number, branch)
            select c.id, :today, a.username, n, a.branch
            from campaign c, advisor a, generate_series(1, c.daily_cap) as n
            where c.id = :campaign and a.username = :advisor
              and not exists (
                select 1 from campaign_place p
                where p.campaign_id = c.id and p.day = :today and p.advisor = a.username)
            on conflict do nothing
            """)
        .param("today", today)
        .param("campaign", campaign(journeyKey))
        .param("advisor", advisor)
        .update();
  }

  private static long campaign(String journeyKey) {
    return Long.parseLong(journeyKey.substring(journeyKey.indexOf('-') + 1));
  }
}
