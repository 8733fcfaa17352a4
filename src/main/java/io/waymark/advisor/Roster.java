package io.waymark.advisor;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who could take a task at a moment, and how much each has in hand. */
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
      select a.username, a.branch, s.all_branches as head_office,
             a.qualifications, a.skills, a.languages, a.tiers,
             a.licence_until >= :today as licensed,
             %s as present,
             %s as load,
             a.daily_capacity as capacity,
             a.last_turn as turn
      from advisor a join staff s on s.username = a.username
      where %s and s.enabled and s.role = 'advisor'
      """;

  private static final String OF_THE_BRANCHES = "a.branch = any(:branches)";
  private static final String OR_OF_HEAD_OFFICE = "(a.branch = any(:branches) or s.all_branches)";

  private final JdbcClient jdbc;

  Roster(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One enabled advisor.
   *
   * @param headOffice whether the advisor may see every branch
   * @param present whether there when somebody will first have time
   * @param load tasks in hand plus tasks finished today
   * @param turn grows with every task given; the smallest has waited longest
   */
  record Candidate(
      String username,
      String branch,
      boolean headOffice,
      Set<String> qualifications,
      Set<String> skills,
      Set<String> languages,
      Set<String> tiers,
      boolean licensed,
      boolean present,
      long load,
      int capacity,
      long turn) {

    /** As {@link Fitness#QUALIFIED} means it. */
    boolean qualified(@Nullable String qualification, TaskNeeds needs) {
      return (qualification == null || qualifications.contains(qualification))
          && (needs.skill() == null || skills.contains(needs.skill()))
          && (needs.language() == null || languages.contains(needs.language()))
          && (needs.tier() == null || tiers.isEmpty() || tiers.contains(needs.tier()));
    }

    /** Whether everything but the room is there. */
    boolean fit(Choosing.Question question) {
      return licensed && present && qualified(question.qualification(), question.needs());
    }
  }

  /**
   * The enabled advisors of these branches.
   *
   * @param orHeadOffice whether those of head office are asked for too
   * @param now the moment for the load
   * @param works when somebody will first have time; licence and absence are judged then
   */
  List<Candidate> of(Set<String> branches, boolean orHeadOffice, Instant now, Instant works) {
    return jdbc.sql(
            CANDIDATES.formatted(
                Fitness.PRESENT, LOAD, orHeadOffice ? OR_OF_HEAD_OFFICE : OF_THE_BRANCHES))
        .param("branches", branches.toArray(String[]::new))
        .param("today", today(works))
        .param("at", TaskTable.at(works))
        .param("midnight", midnight(now))
        .query(Roster::read)
        .list();
  }

  private static Candidate read(ResultSet row, int number) throws SQLException {
    return new Candidate(
        row.getString("username"),
        row.getString("branch"),
        row.getBoolean("head_office"),
        codes(row, "qualifications"),
        codes(row, "skills"),
        codes(row, "languages"),
        codes(row, "tiers"),
        row.getBoolean("licensed"),
        row.getBoolean("present"),
        row.getLong("load"),
        row.getInt("capacity"),
        row.getLong("turn"));
  }

  private static Set<String> codes(ResultSet row, String column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }

  /**
   * Locks those of these advisors whom no other transaction is choosing right now.
   *
   * @return who is locked, with the turn each has now
   */
  Map<String, Long> lock(Collection<String> usernames) {
    Map<String, Long> locked = new HashMap<>();
    jdbc.sql(
            """
            select username, last_turn from advisor where username = any(:usernames)
            order by username for no key update skip locked
            """)
        .param("usernames", usernames.toArray(String[]::new))
        .query(
            row -> {
              locked.put(row.getString("username"), row.getLong("last_turn"));
            });
    return locked;
  }

  /** Puts advisors locked by the caller at the end of the round, in this order. */
  void endOfRound(List<String> usernames) {
    if (usernames.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update advisor a set last_turn = g.turn
            from (select username, nextval('advisor_turn') as turn
                  from unnest(:usernames) with ordinality as t (username, n) order by n) g
            where a.username = g.username
            """)
        .param("usernames", usernames.toArray(String[]::new))
        .update();
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

  /** One answer for each customer; nothing is known of who is not found. */
  Map<Long, Cared> cared(Collection<Long> customerIds) {
    Map<Long, Cared> cared = new HashMap<>();
    customerIds.forEach(id -> cared.put(id, new Cared(null, null)));
    jdbc.sql(
            """
            select c.id, c.advisor, g.value as tier
            from customer c left join customer_tag g on g.customer_id = c.id and g.tag = 'tier'
            where c.id = any(:customers)
            """)
        .param("customers", customerIds.toArray(Long[]::new))
        .query(
            row -> {
              cared.put(
                  row.getLong("id"), new Cared(row.getString("advisor"), row.getString("tier")));
            });
    return cared;
  }

  static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
  }

  static OffsetDateTime midnight(Instant now) {
    return today(now).atStartOfDay(ExchangeCalendar.ZONE).toInstant().atOffset(ZoneOffset.UTC);
  }
}
