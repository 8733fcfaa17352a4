package io.waymark.customer;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblems;
import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Risk assessments: every one is kept (适当性管理办法 art. 32), the latest counts. Waymark never raises a
 * level by itself; it takes what the questionnaire said.
 */
@Component
public class RiskAssessments {

  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(5);
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Set<String> TERMS = Set.of("short", "medium", "long");
  private static final Set<String> OBJECTIVES =
      Set.of("preservation", "income", "growth", "aggressive");

  private final JdbcClient jdbc;
  private final CustomerLookup lookup;
  private final EvidenceLog evidence;
  private final Clock clock;

  RiskAssessments(JdbcClient jdbc, CustomerLookup lookup, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.lookup = lookup;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Records assessments; one that was recorded before is a duplicate. An older one arriving late
   * joins the history and does not become current; of two at the same time the one recorded last
   * counts, as a correction.
   *
   * @param actor username, {@code api:<key name>} or {@code system}
   */
  @Transactional
  public BatchReport record(List<AssessmentRow> rows, String actor) {
    RowProblems problems = new RowProblems();
    List<AssessedCustomer> sound = sound(rows, problems);
    List<AssessedCustomer> fresh = append(sound, actor);
    applyCurrent(fresh);
    evidence.appendAll(fresh.stream().map(row -> proof(row, actor)).toList());
    return new BatchReport(fresh.size(), sound.size() - fresh.size(), problems.all());
  }

  /**
   * The latest assessment by customer, valid or not; never assessed customers are absent. Its level
   * is the effective one: behaviour that contradicts the assessment has lowered it, never raised,
   * until the next assessment (适当性管理办法 art. 21; requirement K2). Where records were merged it is
   * the tighter of each answer; a merge alone gives nobody an assessment. One statement.
   */
  public Map<Long, RiskAssessment> current(Collection<Long> customerIds) {
    Map<Long, RiskAssessment> current = new HashMap<>();
    jdbc.sql(
            """
            select p.person, p.record, p.merged_at, least(a.level, t.level) as level,
                   a.minimum_class, a.assessed_at, a.expires_at, a.max_term, a.product_types,
                   a.objective
              from person_record p
              join assessment a on a.customer_id = p.record
              left join lateral
                   (select min(c.level_after) as level from level_contradiction c
                     where c.customer_id = a.customer_id and c.assessed_at >= a.assessed_at) t
                on true
             where p.person = any(?)
             order by p.record <> p.person
            """)
        .param(Columns.longs(customerIds))
        .query(
            row -> {
              long person = row.getLong("person");
              RiskAssessment one = AssessedCustomer.read(row);
              if (row.getLong("record") == person) {
                current.put(person, one);
              } else {
                Instant mergedAt = Columns.instant(row, "merged_at");
                current.computeIfPresent(
                    person,
                    (id, own) -> own.assessedAt().isAfter(mergedAt) ? own : own.tightenedBy(one));
              }
            });
    return current;
  }

  /** As {@link #current}, with the level as the questionnaire gave it. */
  public Map<Long, RiskAssessment> assessed(Collection<Long> customerIds) {
    return read("select * from assessment where customer_id = any(?)", customerIds);
  }

  private Map<Long, RiskAssessment> read(String sql, Collection<Long> customerIds) {
    Map<Long, RiskAssessment> current = new HashMap<>();
    jdbc.sql(sql)
        .param(Columns.longs(customerIds))
        .query(
            row -> {
              current.put(row.getLong("customer_id"), AssessedCustomer.read(row));
            });
    return current;
  }

  private List<AssessedCustomer> sound(List<AssessmentRow> rows, RowProblems problems) {
    Map<String, CustomerLookup.Known> customers =
        lookup.find(
            rows.stream()
                .map(AssessmentRow::customer)
                .filter(name -> !RowProblems.blank(name))
                .distinct()
                .toList());
    List<AssessedCustomer> sound = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      AssessmentRow row = rows.get(i);
      int position = i + 1;
      if (isSound(position, row, problems)) {
        Optional.ofNullable(customers.get(row.customer()))
            .ifPresentOrElse(
                known -> sound.add(AssessedCustomer.of(known, row.assessment())),
                () -> problems.unknownCustomer(position));
      }
    }
    return sound;
  }

  private boolean isSound(int position, AssessmentRow row, RowProblems problems) {
    if (RowProblems.blank(row.customer())) {
      return problems.refuse(position, "customer", "blank", "客户不能为空");
    }
    if (RowProblems.missing(row.assessment()) || RowProblems.missing(row.assessment().level())) {
      return problems.refuse(position, "level", "blank", "风险承受能力等级不能为空");
    }
    RiskAssessment assessment = row.assessment();
    if (assessment.minimumClass() && assessment.level() != RiskTolerance.C1) {
      return problems.refuse(position, "minimumClass", "impossible", "最低类别只能出现在 C1");
    }
    if (RowProblems.missing(assessment.assessedAt())) {
      return problems.refuse(position, "assessedAt", "blank", "测评时间不能为空");
    }
    if (assessment.assessedAt().isAfter(clock.instant().plus(CLOCK_DRIFT))) {
      return problems.refuse(position, "assessedAt", "future", "测评时间在未来,请核对来源系统的时钟");
    }
    if (RowProblems.missing(assessment.expiresAt())
        || !assessment.expiresAt().isAfter(assessment.assessedAt())) {
      return problems.refuse(position, "expiresAt", "impossible", "到期时间必须晚于测评时间");
    }
    if (assessment.maxTerm() != null && !TERMS.contains(assessment.maxTerm())) {
      return problems.refuse(position, "maxTerm", "unknown_word", "投资期限只能是 short、medium、long");
    }
    if (RowProblems.missing(assessment.objective())
        || !OBJECTIVES.contains(assessment.objective())) {
      return problems.refuse(
          position, "objective", "unknown_word", "投资目标只能是 preservation、income、growth、aggressive");
    }
    if (!assessment.productTypes().stream().allMatch(type -> WORD.matcher(type).matches())) {
      return problems.refuse(
          position, "productTypes", "malformed", "产品类型只能用小写字母、数字和下划线,例如 bond_fund");
    }
    return true;
  }

  /** The rows that were not recorded before, in the order given. */
  private List<AssessedCustomer> append(List<AssessedCustomer> rows, String actor) {
    List<AssessedCustomer> once = rows.stream().distinct().toList();
    Set<AssessedCustomer> appended =
        Set.copyOf(
            jdbc.sql(
                    """
                insert into assessment_change
                       (customer_id, branch, level, minimum_class, assessed_at, expires_at,
                        max_term, product_types, objective, recorded_at, actor)
                select customer_id, branch, level, minimum_class, assessed_at, expires_at,
                       max_term, string_to_array(product_types, ','), objective, ?, ?
                  from unnest(?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::timestamptz[],
                              ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                       as g (customer_id, branch, level, minimum_class, assessed_at, expires_at,
                             max_term, product_types, objective)
                 order by customer_id, assessed_at
                on conflict do nothing
                returning *
                """)
                .params(
                    Columns.timestamp(clock.instant()),
                    actor,
                    Columns.longs(once, AssessedCustomer::customerId),
                    Columns.texts(once, AssessedCustomer::branch),
                    Columns.texts(once, row -> row.assessment().level().name()),
                    Columns.texts(once, row -> Boolean.toString(row.assessment().minimumClass())),
                    Columns.instants(once, row -> row.assessment().assessedAt()),
                    Columns.instants(once, row -> row.assessment().expiresAt()),
                    Columns.texts(once, row -> row.assessment().maxTerm()),
                    Columns.texts(once, AssessedCustomer::types),
                    Columns.texts(once, row -> row.assessment().objective()))
                .query(
                    (row, number) ->
                        new AssessedCustomer(
                            row.getLong("customer_id"),
                            row.getString("branch"),
                            AssessedCustomer.read(row)))
                .list());
    return once.stream().filter(appended::contains).toList();
  }

  private void applyCurrent(List<AssessedCustomer> fresh) {
    Map<Long, AssessedCustomer> latest = new LinkedHashMap<>();
    fresh.forEach(
        row -> latest.merge(row.customerId(), row, (one, two) -> two.isBefore(one) ? one : two));
    Collection<AssessedCustomer> rows = latest.values();
    jdbc.sql(
            """
            insert into assessment as a
                   (customer_id, branch, level, minimum_class, assessed_at, expires_at, max_term,
                    product_types, objective)
            select customer_id, branch, level, minimum_class, assessed_at, expires_at, max_term,
                   string_to_array(product_types, ','), objective
              from unnest(?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::timestamptz[],
                          ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                   as g (customer_id, branch, level, minimum_class, assessed_at, expires_at,
                         max_term, product_types, objective)
             order by customer_id
            on conflict (customer_id) do update
               set branch = excluded.branch, level = excluded.level,
                   minimum_class = excluded.minimum_class, assessed_at = excluded.assessed_at,
                   expires_at = excluded.expires_at, max_term = excluded.max_term,
                   product_types = excluded.product_types, objective = excluded.objective
             where excluded.assessed_at >= a.assessed_at
            """)
        .params(
            Columns.longs(rows, AssessedCustomer::customerId),
            Columns.texts(rows, AssessedCustomer::branch),
            Columns.texts(rows, row -> row.assessment().level().name()),
            Columns.texts(rows, row -> Boolean.toString(row.assessment().minimumClass())),
            Columns.instants(rows, row -> row.assessment().assessedAt()),
            Columns.instants(rows, row -> row.assessment().expiresAt()),
            Columns.texts(rows, row -> row.assessment().maxTerm()),
            Columns.texts(rows, AssessedCustomer::types),
            Columns.texts(rows, row -> row.assessment().objective()))
        .update();
  }

  private static EvidenceEntry proof(AssessedCustomer row, String actor) {
    return new EvidenceEntry(
        EvidenceKind.ASSESSMENT_RECORDED,
        "customer:" + row.customerId(),
        row.customerId(),
        row.branch(),
        actor,
        Map.of(
            "level", row.assessment().level().name(),
            "minimumClass", row.assessment().minimumClass(),
            "assessedAt", row.assessment().assessedAt().toString(),
            "expiresAt", row.assessment().expiresAt().toString(),
            "objective", row.assessment().objective()));
  }
}
