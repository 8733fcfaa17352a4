package io.waymark.compliance.impact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The assessments: written by one person, approved by a compliance officer who is somebody else,
 * kept for good (the law asks for three years). Table {@code impact_assessment}.
 */
@Component
public class ImpactAssessments {

  private static final Duration LONGEST = Duration.ofDays(3 * 366);
  private static final int LONGEST_TEXT = 4_000;

  private final JdbcClient jdbc;
  private final AudienceProfiling profiling;
  private final EvidenceLog evidence;
  private final Clock clock;

  /** Audiences are known further up: who says by what they profile is asked for when needed. */
  ImpactAssessments(
      JdbcClient jdbc, @Lazy AudienceProfiling profiling, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.profiling = profiling;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Why an audience may not be used for marketing at a moment, as a sentence; empty when it may: it
   * profiles nobody, or a valid assessment covers every tag it profiles by.
   */
  public Optional<String> refusal(String audience, Instant at) {
    Set<String> profile = profiling.profile(audience);
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    boolean covered =
        of(audience).stream().anyMatch(one -> one.valid(at) && one.profile().containsAll(profile));
    return covered
        ? Optional.empty()
        : Optional.of(
            "人群“%s”按 %s 做个人画像，须先有有效的个人信息保护影响评估才能用于营销（个人信息保护法 55、56）。请在“影响评估”中提交并由合规批准。"
                .formatted(audience, String.join("、", profile)));
  }

  /** Scores and sensitive tags an audience profiles by. */
  public Set<String> profile(String audience) {
    return profiling.profile(audience);
  }

  /**
   * Stores an assessment for approval; it covers the tags the audience profiles by today.
   *
   * @throws ImpactRefusedException naming the field that is wrong
   */
  @Transactional
  public ImpactAssessment propose(ImpactDraft draft, String author) {
    Instant now = clock.instant();
    Set<String> profile = profiling.profile(draft.audience());
    if (profile.isEmpty()) {
      throw new ImpactRefusedException("audience", "该人群不存在，或没有使用评分与敏感标签，无须评估。");
    }
    text("scope", draft.scope(), "请写明处理谁的、哪些个人信息、用于什么。");
    text("necessity", draft.necessity(), "请写明处理目的、方式是否合法、正当、必要。");
    text("risk", draft.risk(), "请写明对个人权益的影响及安全风险。");
    text("measures", draft.measures(), "请写明所采取的保护措施。");
    if (!draft.validUntil().isAfter(now) || draft.validUntil().isAfter(now.plus(LONGEST))) {
      throw new ImpactRefusedException("validUntil", "有效期须在今后三年之内。");
    }
    ImpactAssessment proposal =
        jdbc.sql(
                """
                insert into impact_assessment
                       (audience, profile, scope, necessity, risk, measures, author, created_at,
                        valid_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
                """)
            .params(
                draft.audience(),
                profile.toArray(String[]::new),
                draft.scope().strip(),
                draft.necessity().strip(),
                draft.risk().strip(),
                draft.measures().strip(),
                author,
                Columns.timestamp(now),
                Columns.timestamp(draft.validUntil()))
            .query(ImpactAssessments::read)
            .single();
    prove(proposal, author, "proposed");
    return proposal;
  }

  /**
   * Approves an assessment.
   *
   * @throws ImpactRefusedException when the officer wrote it or is none, or it is decided already
   */
  @Transactional
  public void approve(long id, String officer) {
    ImpactAssessment approved =
        jdbc.sql(
                """
                update impact_assessment set approved_by = :officer, approved_at = :now
                 where id = :id and approved_by is null and rejected_by is null
                   and lower(author) <> lower(:officer)
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                returning *
                """)
            .param("officer", officer)
            .param("now", Columns.timestamp(clock.instant()))
            .param("id", id)
            .query(ImpactAssessments::read)
            .optional()
            .orElseThrow(
                () -> new ImpactRefusedException("id", "无法批准：须由提交人以外的合规人员批准，且尚未处理，请刷新后重试。"));
    prove(approved, officer, "approved");
  }

  /**
   * Turns an assessment down, or ends an approved one early.
   *
   * @throws ImpactRefusedException without a reason, when the actor is no officer or it is over
   */
  @Transactional
  public void reject(long id, String reason, String officer) {
    text("reason", reason, "请填写退回或终止的理由。");
    ImpactAssessment rejected =
        jdbc.sql(
                """
                update impact_assessment
                   set rejected_by = case when approved_by is null then :officer end,
                       rejected_at = case when approved_by is null then :now::timestamptz end,
                       rejected_because = :reason,
                       valid_until = case when approved_by is null then valid_until
                                          else :now::timestamptz end
                 where id = :id and rejected_by is null and valid_until > :now
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                returning *
                """)
            .param("officer", officer)
            .param("now", Columns.timestamp(clock.instant()))
            .param("reason", reason.strip())
            .param("id", id)
            .query(ImpactAssessments::read)
            .optional()
            .orElseThrow(() -> new ImpactRefusedException("id", "无法退回：只有合规人员可以处理，且尚未结束，请刷新后重试。"));
    prove(rejected, officer, rejected.approvedBy() == null ? "rejected" : "ended");
  }

  /** Assessments, those that wait first, then latest first. */
  public List<ImpactAssessment> page(int offset, int limit) {
    return jdbc.sql(
            """
            select * from impact_assessment
             order by (approved_by is not null or rejected_by is not null), created_at desc, id desc
            offset ? limit ?
            """)
        .params(offset, limit)
        .query(ImpactAssessments::read)
        .list();
  }

  public Optional<ImpactAssessment> find(long id) {
    return jdbc.sql("select * from impact_assessment where id = ?")
        .param(id)
        .query(ImpactAssessments::read)
        .optional();
  }

  /** The assessments of one audience, latest first. */
  public List<ImpactAssessment> of(String audience) {
    return jdbc.sql(
            "select * from impact_assessment where audience = ? order by created_at desc, id desc")
        .param(audience)
        .query(ImpactAssessments::read)
        .list();
  }

  private static void text(String field, String value, String sentence) {
    if (value.isBlank() || value.strip().length() > LONGEST_TEXT) {
      throw new ImpactRefusedException(field, sentence);
    }
  }

  private void prove(ImpactAssessment one, String actor, String act) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.IMPACT_ASSESSMENT,
            "impact-assessment:" + one.id(),
            null,
            null,
            actor,
            Map.of(
                "act", act,
                "audience", one.audience(),
                "profile", one.profile().stream().sorted().toList(),
                "valid_until", one.validUntil().toString())));
  }

  private static ImpactAssessment read(ResultSet row, int number) throws SQLException {
    return new ImpactAssessment(
        row.getLong("id"),
        row.getString("audience"),
        new TreeSet<>(List.of((String[]) row.getArray("profile").getArray())),
        row.getString("scope"),
        row.getString("necessity"),
        row.getString("risk"),
        row.getString("measures"),
        row.getString("author"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "valid_until"),
        row.getString("approved_by"),
        Columns.instantOrNull(row, "approved_at"),
        row.getString("rejected_by"),
        Columns.instantOrNull(row, "rejected_at"),
        row.getString("rejected_because"));
  }
}
