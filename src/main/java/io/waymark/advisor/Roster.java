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
 * Who of a branch could take a task at a moment, and how much each has in hand.
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

  private final JdbcClient jdbc;

  Roster(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One enabled advisor of the branch. */
  record Candidate(
      String username,
      boolean qualified,
      boolean licensed,
      boolean present,
      long load,
      int capacity) {

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

  /** The enabled advisors of the branch by user name. */
  List<Candidate> of(String branch, @Nullable String qualification, Instant now) {
    return jdbc.sql(
            """
            select a.username,
                   (cast(:qualification as text) is null
                    or :qualification = any(a.qualifications)) as qualified,
                   a.licence_until >= :today as licensed,
                   (a.absent_from is null or :today < a.absent_from
                    or coalesce(:today > a.absent_to, false)) as present,
                   %s as load,
                   a.daily_capacity as capacity
            from advisor a join staff s on s.username = a.username
            where a.branch = :branch and s.enabled and s.role = 'advisor'
            order by a.username
            """
                .formatted(LOAD))
        .param("qualification", qualification)
        .param("branch", branch)
        .param("today", today(now))
        .param("midnight", midnight(now))
        .query(Candidate.class)
        .list();
  }

  /** Locks the first of these advisors whom no other transaction is choosing right now. */
  Optional<String> lockFirst(List<String> usernames) {
    return jdbc.sql(
            """
            select username from advisor where username = any(:usernames)
            order by array_position(:usernames, username)
            limit 1 for update skip locked
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

  /** A team leader of the branch who is there today, preferably somebody else than the holder. */
  Optional<String> leader(String branch, @Nullable String holder, Instant now) {
    return jdbc.sql(
            """
            select a.username
            from advisor a join staff s on s.username = a.username
            where a.branch = :branch and a.leader and s.enabled and s.role = 'advisor'
              and (a.absent_from is null or :today < a.absent_from
                   or coalesce(:today > a.absent_to, false))
            order by a.username is not distinct from cast(:holder as text), a.username
            limit 1
            """)
        .param("branch", branch)
        .param("holder", holder)
        .param("today", today(now))
        .query(String.class)
        .optional();
  }

  /** The advisor the customer has always had, if any. */
  Optional<String> ownAdvisor(long customerId) {
    return jdbc.sql("select advisor from customer where id = ? and advisor is not null")
        .param(customerId)
        .query(String.class)
        .optional();
  }

  static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
  }

  private static OffsetDateTime midnight(Instant now) {
    return today(now).atStartOfDay(ExchangeCalendar.ZONE).toInstant().atOffset(ZoneOffset.UTC);
  }
}
