package io.waymark.contact;

import io.waymark.customer.Customers;
import io.waymark.customer.GateFactsReader;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.RowProblem;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.BranchScope;
import java.io.IOException;
import java.io.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Table {@code suppression_list}: named lists of whom not to market to, filled from files. Whoever
 * is on one is in {@code suppression} like everybody else who is left alone, so the gate asks once.
 */
@Component
public class SuppressionLists {

  private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int CHUNK = 1_000;

  private final JdbcClient jdbc;
  private final Customers customers;
  private final GateFactsReader facts;
  private final EvidenceLog evidence;
  private final Clock clock;

  SuppressionLists(
      JdbcClient jdbc,
      Customers customers,
      GateFactsReader facts,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.customers = customers;
    this.facts = facts;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Makes a list, or changes what an existing one is called and which channels it holds for.
   *
   * @throws IllegalArgumentException with a Chinese sentence when code, name or meaning is missing
   */
  @Transactional
  public void save(SuppressionList list, String actor) {
    if (!CODE.matcher(list.code()).matches() || list.code().length() > 40) {
      throw new IllegalArgumentException("名单编码只能由小写字母、数字和连字符组成，最多 40 个字符，例如 do-not-call");
    }
    if (list.name().isBlank() || list.meaning().isBlank()) {
      throw new IllegalArgumentException("请填写名单的名称和含义");
    }
    String[] channels = list.channels().stream().map(Channel::code).sorted().toArray(String[]::new);
    jdbc.sql(
            """
            insert into suppression_list (list_code, name, meaning, channels, created_at, created_by)
            values (?, ?, ?, ?, ?, ?)
            on conflict (list_code) do update
              set name = excluded.name, meaning = excluded.meaning, channels = excluded.channels
            """)
        .params(
            list.code(), list.name(), list.meaning(), channels, Column.at(clock.instant()), actor)
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.SUPPRESSION_CHANGED,
            "suppression-list:" + list.code(),
            null,
            null,
            actor,
            Map.of("act", "list_saved", "channels", String.join(",", channels))));
  }

  /** Every list, by code. */
  public List<SuppressionList> all() {
    return jdbc.sql("select list_code, name, meaning, channels from suppression_list order by 1")
        .query(
            (row, number) ->
                new SuppressionList(
                    row.getString("list_code"),
                    row.getString("name"),
                    row.getString("meaning"),
                    Arrays.stream((String[]) row.getArray("channels").getArray())
                        .map(Channel::of)
                        .collect(Collectors.toSet())))
        .list();
  }

  /**
   * Puts the customers of a file on a list: a header row with {@code customer} (客户号 or type:value)
   * and {@code until} (last day, Asia/Shanghai). Good rows are kept, each bad one is named. Who is
   * on the list already stays on it until the later of the two days.
   *
   * @throws IllegalArgumentException with a Chinese sentence when the list is unknown or the file
   *     cannot be read as such
   */
  @Transactional
  public BatchReport importCsv(String list, Reader file, BranchScope scope, String actor)
      throws IOException {
    if (all().stream().noneMatch(one -> one.code().equals(list))) {
      throw new IllegalArgumentException("没有名单“%s”，请先建立".formatted(list));
    }
    List<SuppressionFile.Row> rows = SuppressionFile.rows(file);
    Map<String, Long> ids =
        customers.idsOf(rows.stream().map(SuppressionFile.Row::customer).distinct().toList());
    Map<Long, String> branches = branches(List.copyOf(ids.values()));
    List<RowProblem> problems = new ArrayList<>();
    Map<Long, Wanted> wanted = new LinkedHashMap<>();
    int duplicates = 0;
    for (SuppressionFile.Row row : rows) {
      Long id = ids.get(row.customer());
      String branch = id == null ? null : branches.get(id);
      if (id == null || branch == null || !scope.covers(branch)) {
        problems.add(
            new RowProblem(
                row.position(),
                SuppressionFile.CUSTOMER,
                "unknown_customer",
                "找不到该客户，或不在您的营业部范围内，请检查客户号"));
        continue;
      }
      Optional<Instant> until = until(row, problems);
      if (until.isPresent()
          && wanted.put(id, new Wanted(id, branch, until.get()).later(wanted.get(id))) != null) {
        duplicates++;
      }
    }
    write(list, List.copyOf(wanted.values()), actor);
    return new BatchReport(wanted.size(), duplicates, problems);
  }

  private Map<Long, String> branches(List<Long> ids) {
    Map<Long, String> branches = new HashMap<>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      facts
          .read(ids.subList(from, Math.min(from + CHUNK, ids.size())))
          .forEach((id, customer) -> branches.put(id, customer.branch()));
    }
    return branches;
  }

  private Optional<Instant> until(SuppressionFile.Row row, List<RowProblem> problems) {
    Instant until;
    try {
      until =
          LocalDate.parse(row.until()).plusDays(1).atStartOfDay(ExchangeCalendar.ZONE).toInstant();
    } catch (DateTimeException e) {
      problems.add(
          new RowProblem(
              row.position(), SuppressionFile.UNTIL, "bad_date", "截止日须写成 2027-01-31 的样子"));
      return Optional.empty();
    }
    if (!until.isAfter(clock.instant())) {
      problems.add(
          new RowProblem(row.position(), SuppressionFile.UNTIL, "past", "截止日已过，请填写今天或以后的日期"));
      return Optional.empty();
    }
    return Optional.of(until);
  }

  private void write(String list, List<Wanted> wanted, String actor) {
    if (wanted.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    jdbc.sql(
            """
            with given as (
              select * from unnest(?::bigint[], ?::text[], ?::timestamptz[])
                       as g (customer_id, branch, until)),
            longer as (
              update suppression s set until = greatest(s.until, g.until)
                from given g
               where s.customer_id = g.customer_id and s.list_code = ?
                 and s.released_at is null and s.until > ?
              returning s.customer_id)
            insert into suppression (customer_id, branch, reason, since, until, actor, list_code)
            select customer_id, branch, ?, ?, until, ?, ? from given
             where customer_id not in (select customer_id from longer)
            """)
        .params(
            Column.number(wanted, Wanted::customerId),
            Column.text(wanted, Wanted::branch),
            Column.text(wanted, Wanted::until),
            list,
            Column.at(now),
            list,
            Column.at(now),
            actor,
            list)
        .update();
    evidence.appendAll(
        wanted.stream()
            .map(
                one ->
                    proof(
                        one.customerId(),
                        one.branch(),
                        actor,
                        Map.of("act", "listed", "list", list, "until", one.until().toString())))
            .toList());
  }

  /** How many customers somebody may see are on each list now; a list without any is absent. */
  public Map<String, Long> sizes(BranchScope scope) {
    Map<String, Long> sizes = new HashMap<>();
    jdbc.sql(
            """
            select list_code, count(*) as customers from suppression
             where list_code is not null and released_at is null and until > :now
               and (:everywhere or branch = any(:branches))
             group by list_code
            """)
        .param("now", Column.at(clock.instant()))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              sizes.put(row.getString("list_code"), row.getLong("customers"));
            });
    return sizes;
  }

  /**
   * Who is or was on a list, latest first.
   *
   * @param customerId only this customer; null for everybody
   */
  public List<SuppressionEntry> entries(
      String list, @Nullable Long customerId, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select suppression_id, list_code, customer_id, branch, since, until, actor, released_at,
                   released_because
              from suppression
             where list_code = :list and (:everywhere or branch = any(:branches))
               and (:customer::bigint is null or customer_id = :customer::bigint)
             order by suppression_id desc offset :offset limit :limit
            """)
        .param("list", list)
        .param("customer", customerId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(SuppressionLists::entry)
        .list();
  }

  /**
   * Takes one customer off a list.
   *
   * @return false when he is not on it any more, or out of the scope
   * @throws IllegalArgumentException with a Chinese sentence without a reason
   */
  @Transactional
  public boolean release(long entry, String reason, BranchScope scope, String actor) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("请填写移出名单的原因");
    }
    Instant now = clock.instant();
    List<SuppressionEntry> released =
        jdbc.sql(
                """
                update suppression
                   set released_at = :now, released_by = :actor, released_because = :reason
                 where suppression_id = :entry and list_code is not null and released_at is null
                   and until > :now and (:everywhere or branch = any(:branches))
                returning suppression_id, list_code, customer_id, branch, since, until, actor,
                          released_at, released_because
                """)
            .param("now", Column.at(now))
            .param("actor", actor)
            .param("reason", reason.strip())
            .param("entry", entry)
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .query(SuppressionLists::entry)
            .list();
    released.forEach(
        one ->
            evidence.append(
                proof(
                    one.customerId(),
                    one.branch(),
                    actor,
                    Map.of("act", "unlisted", "list", one.list(), "reason", reason.strip()))));
    return !released.isEmpty();
  }

  private static EvidenceEntry proof(
      long customerId, String branch, String actor, Map<String, Object> facts) {
    return new EvidenceEntry(
        EvidenceKind.SUPPRESSION_CHANGED,
        "customer:" + customerId,
        customerId,
        branch,
        actor,
        facts);
  }

  private static SuppressionEntry entry(ResultSet row, int number) throws SQLException {
    @Nullable Instant releasedAt = Column.instantOrNull(row, "released_at");
    return new SuppressionEntry(
        row.getLong("suppression_id"),
        row.getString("list_code"),
        row.getLong("customer_id"),
        row.getString("branch"),
        Column.instant(row, "since"),
        Column.instant(row, "until"),
        row.getString("actor"),
        releasedAt,
        row.getString("released_because"));
  }

  private record Wanted(long customerId, String branch, Instant until) {

    Wanted later(@Nullable Wanted other) {
      return other != null && other.until().isAfter(until) ? other : this;
    }
  }
}
