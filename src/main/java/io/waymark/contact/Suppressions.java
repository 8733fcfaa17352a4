package io.waymark.contact;

import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.BranchScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code suppression}: who is not to be marketed to for a while, and why. */
@Component
public class Suppressions {

  private final JdbcClient jdbc;
  private final GateFactsReader customers;
  private final EvidenceLog evidence;
  private final Clock clock;

  Suppressions(JdbcClient jdbc, GateFactsReader customers, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.customers = customers;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Stops marketing to a customer until a moment, from now on, waiting messages included.
   *
   * @param reason code, e.g. {@code complaint}; {@code cooling_off} gives that reason in the
   *     verdict
   * @throws IllegalArgumentException with a Chinese sentence when the customer is unknown or the
   *     end is past
   */
  @Transactional
  public void suppress(long customerId, String reason, Instant until, String actor) {
    GateFacts customer = customers.read(List.of(customerId)).get(customerId);
    if (customer == null) {
      throw new IllegalArgumentException("找不到该客户，请检查客户号");
    }
    Instant now = clock.instant();
    if (!until.isAfter(now)) {
      throw new IllegalArgumentException("暂停营销的结束时间必须晚于当前时间");
    }
    jdbc.sql(
            """
            insert into suppression (customer_id, branch, reason, since, until, actor)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(customerId, customer.branch(), reason, Column.at(now), Column.at(until), actor)
        .update();
    prove(customerId, customer.branch(), actor, "suppressed", reason, until);
  }

  /** Ends suppressions of a reason early; nothing happens when there is none. */
  @Transactional
  public void release(long customerId, String reason, String actor) {
    Instant now = clock.instant();
    List<String> branches =
        jdbc.sql(
                """
                update suppression set released_at = ?, released_by = ?
                 where customer_id = ? and reason = ? and released_at is null and until > ?
                returning branch
                """)
            .params(Column.at(now), actor, customerId, reason, Column.at(now))
            .query(String.class)
            .list();
    if (!branches.isEmpty()) {
      prove(customerId, branches.get(0), actor, "released", reason, now);
    }
  }

  /**
   * Suppressions in force at a moment, by customer, the longest first; without one: absent. Those
   * of merged records hold for the survivor.
   */
  public Map<Long, List<Suppression>> active(Collection<Long> customerIds, Instant now) {
    return jdbc
        .sql(
            """
            select p.person as customer_id, reason, until, actor, since, list_code, channels
              from person_record p join suppression s on s.customer_id = p.record
              left join suppression_list using (list_code)
             where p.person = any(?) and until > ? and since <= ?
               and (released_at is null or released_at > ?)
             order by until desc, suppression_id
            """)
        .params(Column.ids(customerIds), Column.at(now), Column.at(now), Column.at(now))
        .query(Suppressions::read)
        .list()
        .stream()
        .collect(Collectors.groupingBy(Suppression::customerId));
  }

  /** Suppressions in force now that somebody may see, those that end last first. */
  public List<Suppression> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select customer_id, reason, until, actor, since, list_code, channels
              from suppression left join suppression_list using (list_code)
             where released_at is null and until > :now
               and (:everywhere or branch = any(:branches))
             order by until desc, suppression_id offset :offset limit :limit
            """)
        .param("now", Column.at(clock.instant()))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(Suppressions::read)
        .list();
  }

  private void prove(
      long customerId, String branch, String actor, String act, String reason, Instant until) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.SUPPRESSION_CHANGED,
            "customer:" + customerId,
            customerId,
            branch,
            actor,
            Map.of("act", act, "reason", reason, "until", until.toString())));
  }

  private static Suppression read(ResultSet row, int number) throws SQLException {
    return new Suppression(
        row.getLong("customer_id"),
        row.getString("reason"),
        Column.instant(row, "until"),
        row.getString("actor"),
        Column.instant(row, "since"),
        row.getString("list_code"),
        channels(row.getArray("channels")));
  }

  private static Set<Channel> channels(@Nullable Array codes) throws SQLException {
    return codes == null
        ? Set.of()
        : Arrays.stream((String[]) codes.getArray()).map(Channel::of).collect(Collectors.toSet());
  }
}
