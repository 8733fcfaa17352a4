package io.waymark.advisor;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who could take a task at a moment, and how much each has in hand.
 *
 * <p>Choosing locks the chosen advisor's row until the caller commits, so that parallel choices see
 * each other's; but nobody ever waits for such a lock. A batch may choose many advisors in any
 * order, and waiting could close a circle. Where everybody fit is being chosen by others at this
 * very moment, the choice is made without the lock: each parallel transaction can then put one task
 * more on somebody than the capacity says.
 */
@Component
class Roster {

  /** Tasks in hand plus tasks finished today. */
  private static final String LOAD =
      """
      ((select count(*) from advisor_task t where t.assignee = a.username and t.status = 'open')
       + (select count(*) from advisor_task t
          where t.assignee = a.username and t.status = 'completed' and t.closed_at >= :midnight))
      """;

  private static final String CANDIDATES =
      """
      select a.username, a.branch = :branch as home,
             (cast(:qualification as text) is null or :qualification = any(a.qualifications))
             and (cast(:skill as text) is null or :skill = any(a.skills))
             and (cast(:language as text) is null or :language = any(a.languages))
             and (cast(:tier as text) is null or cardinality(a.tiers) = 0
                  or :tier = any(a.tiers)) as qualified,
             a.licence_until >= :today as licensed,
             %s as present,
             %s as load,
             a.daily_capacity as capacity,
             a.last_turn as turn
      from advisor a join staff s on s.username = a.username
      where %s and s.enabled and s.role = 'advisor'
      order by a.username
      """;

  private static final String OF_THE_BRANCH = "a.branch = :branch";
  private static final String OR_OF_HEAD_OFFICE = "(a.branch = :branch or s.all_branches)";

  private final JdbcClient jdbc;

  Roster(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One enabled advisor.
   *
   * @param home of the customer's branch, not of head office
   * @param turn grows with every task given; the smallest has waited longest
   */
  record Candidate(
      String username,
      boolean home,
      boolean qualified,
      boolean licensed,
      boolean present,
      long load,
      int capacity,
      long turn) {

    boolean full() {
      return load >= capacity;
    }

    boolean fit() {
      return qualified && licensed && present && !full();
    }

    double share() {
      return (double) load / capacity;
    }
  }

  /**
   * The enabled advisors who could be asked, by user name.
   *
   * @param now the moment for load and licence
   * @param works when somebody will first have time for it; absence is judged then
   */
  List<Candidate> of(
      String branch, @Nullable String qualification, TaskNeeds needs, Instant now, Instant works) {
    return jdbc.sql(
            CANDIDATES.formatted(
                Fitness.PRESENT, LOAD, needs.anywhere() ? OR_OF_HEAD_OFFICE : OF_THE_BRANCH))
        .param("branch", branch)
        .param("qualification", qualification)
        .param("skill", needs.skill())
        .param("language", needs.language())
        .param("tier", needs.tier())
        .param("today", today(works))
        .param("at", TaskTable.at(works))
        .param("midnight", midnight(now))
        .query(Candidate.class)
        .list();
  }

  /**
   * Locks the first of these advisors whom no other transaction is choosing right now, and puts
   * that advisor at the end of the round.
   */
  Optional<String> lockFirst(List<String> usernames) {
    return jdbc.sql(
            """
            update advisor set last_turn = nextval('advisor_turn')
            where username = (
              select username from advisor where username = any(:usernames)
              order by array_position(:usernames, username)
              limit 1 for no key update skip locked)
            returning username
            """)
        .param("usernames", usernames.toArray(String[]::new))
        .query(String.class)
        .optional();
  }

  /** Whether the advisor has room, as of the last commit. */
  boolean hasRoom(String username, Instant now) {
    return jdbc.sql(
            "select %s < a.daily_capacity from advisor a where username = :username"
                .formatted(LOAD))
        .param("username", username)
        .param("midnight", midnight(now))
        .query(Boolean.class)
        .single();
  }

  /**
   * A team leader who is there now, preferably somebody else than the holder: of the branch, and of
   * head office when the branch has none or head office is asked for.
   */
  Optional<String> leader(String branch, @Nullable String holder, boolean headOffice, Instant now) {
    return jdbc.sql(
            """
            select a.username
            from advisor a join staff s on s.username = a.username
            where (a.branch = :branch or s.all_branches) and a.leader and s.enabled
              and s.role = 'advisor' and a.licence_until >= :today and %s
            order by a.username is not distinct from cast(:holder as text),
                     case when :headOffice then not s.all_branches else a.branch <> :branch end,
                     a.username
            limit 1
            """
                .formatted(Fitness.PRESENT))
        .param("branch", branch)
        .param("holder", holder)
        .param("headOffice", headOffice)
        .param("today", today(now))
        .param("at", TaskTable.at(now))
        .query(String.class)
        .optional();
  }

  /**
   * What routing must know of the customer.
   *
   * @param advisor who has always cared for the customer, or null
   * @param tier value of the tag {@code tier}, or null
   */
  record Cared(@Nullable String advisor, @Nullable String tier) {}

  Cared cared(long customerId) {
    return jdbc.sql(
            """
            select c.advisor, g.value as tier
            from customer c left join customer_tag g on g.customer_id = c.id and g.tag = 'tier'
            where c.id = :customer
            """)
        .param("customer", customerId)
        .query(Cared.class)
        .optional()
        .orElse(new Cared(null, null));
  }

  static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
  }

  static OffsetDateTime midnight(Instant now) {
    return today(now).atStartOfDay(ExchangeCalendar.ZONE).toInstant().atOffset(ZoneOffset.UTC);
  }
}
