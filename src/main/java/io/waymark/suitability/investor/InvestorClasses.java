package io.waymark.suitability.investor;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerClasses;
import io.waymark.customer.CustomerLookup;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.platform.staff.BranchScope;
import io.waymark.suitability.SuitabilityPolicies;
import io.waymark.suitability.SuitabilityPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes of class, step by step. Nobody decides what he applied for or tested himself; the table
 * says so again. A firm may refuse (art. 12); a notice of return needs no decision (art. 11).
 */
@Component
public class InvestorClasses {

  private static final int LONGEST = 500;

  private final JdbcClient jdbc;
  private final CustomerLookup lookup;
  private final CustomerClasses classes;
  private final SuitabilityPolicies policies;
  private final EvidenceLog evidence;
  private final Clock clock;

  InvestorClasses(
      JdbcClient jdbc,
      CustomerLookup lookup,
      CustomerClasses classes,
      SuitabilityPolicies policies,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.lookup = lookup;
    this.classes = classes;
    this.policies = policies;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** What a route asks for, in the policy that applies now. */
  public SuitabilityPolicy.Requirement requirement(Route route) {
    return policy().value().conversion(route.code());
  }

  /**
   * Takes an application in; a notice of return takes effect with it.
   *
   * @param customer ref or {@code type:value} identity
   * @return the application's id
   * @throws ApplicationRefusedException naming the field that is wrong
   */
  @Transactional
  public long apply(
      String customer, Route route, String materials, String actor, BranchScope scope) {
    CustomerLookup.Known known = lookup.find(List.of(customer)).get(customer);
    if (known == null || !scope.covers(known.branch())) {
      throw new ApplicationRefusedException("customer", "找不到该客户，或不在您的营业部范围内，请检查客户号。");
    }
    text("materials", materials, "请填写申请材料的档案编号，最多 500 个字。");
    CustomerClass current = classes.lock(known.id());
    boolean revert = route == Route.REVERT;
    if (current == (revert ? CustomerClass.ORDINARY : CustomerClass.PROFESSIONAL)) {
      throw new ApplicationRefusedException(
          "route", revert ? "该客户已经是普通投资者，无须转回。" : "该客户已经是专业投资者，无须再申请。");
    }
    if (revert) {
      withdrawOpen(known.id(), actor);
    }
    long id = insert(known, route, materials.strip(), actor);
    prove(id, known.id(), known.branch(), actor, "applied", route);
    if (revert) {
      classes.set(known.id(), CustomerClass.ORDINARY);
      prove(id, known.id(), known.branch(), actor, "reverted", route);
    }
    return id;
  }

  /** Records the test of an open application. */
  @Transactional
  public void recordTest(long id, int score, boolean passed, String actor, BranchScope scope) {
    if (score < 0 || score > 100) {
      throw new ApplicationRefusedException("score", "测试得分须在 0 至 100 之间。");
    }
    ClassApplication one = lockOpen(id, scope);
    jdbc.sql(
            """
            update class_application
               set status = 'tested', test_score = ?, test_passed = ?, tested_at = ?, tested_by = ?
             where id = ?
            """)
        .params(score, passed, Columns.timestamp(clock.instant()), actor, id)
        .update();
    prove(
        id,
        one.customerId(),
        one.branch(),
        actor,
        passed ? "test_passed" : "test_failed",
        one.route());
  }

  /**
   * Approves or refuses; approval changes the customer's class.
   *
   * @param reason why it is refused; may be blank when approved
   * @throws ApplicationRefusedException when the officer took part before or is none, the test is
   *     missing or failed, or somebody was faster
   */
  @Transactional
  public void decide(long id, boolean approve, String reason, String officer, BranchScope scope) {
    ClassApplication one = lockOpen(id, scope);
    if (!approve) {
      text("reason", reason, "请填写不予转化的理由，最多 500 个字。");
    }
    if (approve && requirement(one.route()).test() && !Boolean.TRUE.equals(one.testPassed())) {
      throw new ApplicationRefusedException("test", "该途径须先通过测试，请登记测试结果后再批准。");
    }
    int decided =
        jdbc.sql(
                """
                update class_application
                   set status = :status, decided_at = :now, decided_by = :officer, reason = :reason
                 where id = :id and lower(applied_by) <> lower(:officer)
                   and lower(coalesce(tested_by, '')) <> lower(:officer)
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                """)
            .param("status", approve ? "approved" : "refused")
            .param("now", Columns.timestamp(clock.instant()))
            .param("officer", officer)
            .param("reason", reason.strip())
            .param("id", id)
            .update();
    if (decided == 0) {
      throw new ApplicationRefusedException("officer", "须由未参与申请和测试的合规人员决定，请交由他人处理。");
    }
    if (approve) {
      classes.set(one.customerId(), CustomerClass.PROFESSIONAL);
    }
    prove(
        id, one.customerId(), one.branch(), officer, approve ? "approved" : "refused", one.route());
  }

  /** Applications somebody may see: open ones first, then latest first. */
  public List<ClassApplication> page(
      @Nullable String status, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select * from class_application
             where (:everywhere or branch = any(:branches))
               and (:status::text is null or status = :status)
             order by status not in ('applied', 'tested'), applied_at desc, id desc
            offset :offset limit :limit
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("status", status)
        .param("offset", offset)
        .param("limit", limit)
        .query(InvestorClasses::read)
        .list();
  }

  /** One application; empty when it does not exist or is out of scope. */
  public Optional<ClassApplication> find(long id, BranchScope scope) {
    return jdbc.sql(
            """
            select * from class_application
             where id = :id and (:everywhere or branch = any(:branches))
            """)
        .param("id", id)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(InvestorClasses::read)
        .optional();
  }

  private ClassApplication lockOpen(long id, BranchScope scope) {
    return jdbc.sql(
            """
            select * from class_application
             where id = :id and (:everywhere or branch = any(:branches))
               and status in ('applied', 'tested') for update
            """)
        .param("id", id)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(InvestorClasses::read)
        .optional()
        .orElseThrow(() -> new ApplicationRefusedException("id", "找不到待处理的申请，可能已经处理过，请刷新后重试。"));
  }

  private void withdrawOpen(long customerId, String actor) {
    jdbc.sql(
            """
            update class_application
               set status = 'withdrawn', decided_at = ?, decided_by = ?, reason = '客户书面告知转回普通投资者'
             where customer_id = ? and status in ('applied', 'tested')
            """)
        .params(Columns.timestamp(clock.instant()), actor, customerId)
        .update();
  }

  private long insert(CustomerLookup.Known known, Route route, String materials, String actor) {
    boolean revert = route == Route.REVERT;
    return jdbc.sql(
            """
            insert into class_application
                   (customer_id, branch, route, materials, status, applied_at, applied_by,
                    decided_at, decided_by, policy_version)
            values (:customer, :branch, :route, :materials, :status, :now, :actor,
                    case when :revert then :now::timestamptz end,
                    case when :revert then 'system' end, :policy)
            on conflict (customer_id) where status in ('applied', 'tested') do nothing
            returning id
            """)
        .param("customer", known.id())
        .param("branch", known.branch())
        .param("route", route.code())
        .param("materials", materials)
        .param("status", revert ? "approved" : "applied")
        .param("now", Columns.timestamp(clock.instant()))
        .param("actor", actor)
        .param("revert", revert)
        .param("policy", policy().version())
        .query(Long.class)
        .optional()
        .orElseThrow(() -> new ApplicationRefusedException("customer", "该客户已有一份待处理的申请，请先处理。"));
  }

  private PolicyInForce<SuitabilityPolicy> policy() {
    return policies.at(clock.instant());
  }

  private static void text(String field, String value, String sentence) {
    if (value.isBlank() || value.strip().length() > LONGEST) {
      throw new ApplicationRefusedException(field, sentence);
    }
  }

  private void prove(
      long id, long customerId, String branch, String actor, String act, Route route) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("act", act);
    facts.put("route", route.code());
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.CLASS_APPLICATION,
            "class-application:" + id,
            customerId,
            branch,
            actor,
            facts));
  }

  private static ClassApplication read(ResultSet row, int number) throws SQLException {
    return new ClassApplication(
        row.getLong("id"),
        row.getLong("customer_id"),
        row.getString("branch"),
        Route.of(row.getString("route")),
        row.getString("materials"),
        row.getString("status"),
        Columns.instant(row, "applied_at"),
        row.getString("applied_by"),
        row.getObject("test_score", Integer.class),
        row.getObject("test_passed", Boolean.class),
        Columns.instantOrNull(row, "tested_at"),
        row.getString("tested_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decided_by"),
        row.getString("reason"),
        row.getString("policy_version"));
  }
}
