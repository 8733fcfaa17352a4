package io.waymark.compliance.review;

import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The desk of the double review: submit, decide, take back, and read. What a decision leads to is
 * drawn in {@code content-review.bpmn}.
 */
@Component
public class Reviews {

  private static final int LONGEST_REASON = 500;

  private static final String FILTER =
      """
       where (:everywhere or branch is null or branch = any(:branches))
         and (:decidableBy::text is null
              or (status = :stage and (:everywhere or branch = any(:branches))
                  and lower(:decidableBy) not in
                    (lower(author), lower(submitted_by), lower(coalesce(business_reviewer, '')))))
         and (:submittedBy::text is null
              or lower(:submittedBy) in (lower(author), lower(submitted_by)))
         and (:kind::text is null or kind = :kind)
         and (:status::text is null or status = :status)
         and (:text::text is null or position(lower(:text) in lower(code || ' ' || title)) > 0)
      """;

  /** What waits too long comes first, then what waits longest; what is over comes newest first. */
  private static final String ORDER =
      """
       order by (closed_at is not null), (escalated_at is null), (reminded_at is null),
                case when closed_at is null then stage_since end, closed_at desc, id desc
       offset :offset limit :limit
      """;

  private final JdbcClient jdbc;
  private final ReviewStore store;
  private final ReviewCourse course;
  private final Subjects subjects;
  private final StaffDirectory staff;
  private final ReviewPolicies policies;
  private final Clock clock;
  private final ObjectProvider<ReviewProcess> process;

  Reviews(
      JdbcClient jdbc,
      ReviewStore store,
      ReviewCourse course,
      Subjects subjects,
      StaffDirectory staff,
      ReviewPolicies policies,
      Clock clock,
      ObjectProvider<ReviewProcess> process) {
    this.jdbc = jdbc;
    this.store = store;
    this.course = course;
    this.subjects = subjects;
    this.staff = staff;
    this.policies = policies;
    this.clock = clock;
    this.process = process;
  }

  /**
   * Submits one version for review. What the machine must refuse comes back closed at once.
   *
   * @param subjectId id of the version in its owner's table
   * @param actor user name: the author, or a colleague for what came from a folder
   * @throws ReviewRefusedException when the version is decided, outdated or under review already
   */
  @Transactional
  public Review submit(SubjectKind kind, String subjectId, String actor) {
    Reviewable owner = subjects.of(kind);
    staff
        .find(actor)
        .filter(StaffMember::enabled)
        .filter(one -> one.role() == Role.MARKETER || one.role() == Role.COMPLIANCE)
        .orElseThrow(() -> new ReviewRefusedException("wrong_role", "只有营销或合规人员可以提交审核。"));
    ReviewSubject subject =
        owner
            .find(subjectId)
            .orElseThrow(() -> new ReviewRefusedException("unknown", "没有这个版本, 请刷新列表。"));
    if (!subject.open()) {
      throw new ReviewRefusedException("not_open", "该版本已处理过, 请修改后提交新的版本。");
    }
    if (!subject.latest()) {
      throw new ReviewRefusedException("newer_version", "已有更新的版本, 请提交最新的版本。");
    }
    Review review = store.open(subject, actor, branch(subject.author(), actor), clock.instant());
    owner.submitted(subject);
    course.note(review, "submitted", actor, null, null);
    course.prove(review, "submitted", actor, Map.of());
    engine().start(review.id());
    return store.find(review.id()).orElseThrow();
  }

  /** The one branch whose people decide; null when the author or the submitter serves them all. */
  private @Nullable String branch(String author, String actor) {
    return staff
        .find(author)
        .or(() -> staff.find(actor))
        .filter(member -> !member.allBranches())
        .map(StaffMember::branch)
        .orElse(null);
  }

  /**
   * Decides, as the stage the review waits at asks for.
   *
   * @param hash the content the reviewer has read; a decision about anything else is refused
   * @param reason required when it is sent back
   * @param until until when an approval is to hold (exclusive); null keeps what was chosen before
   * @throws ReviewRefusedException when this person may not decide this now
   */
  @Transactional
  public Review decide(
      long id,
      String hash,
      boolean agree,
      @Nullable String reason,
      @Nullable Instant until,
      String actor) {
    Review review = store.lock(id);
    if (!review.hash().equals(hash)) {
      throw new ReviewRefusedException("other_content", "内容与您看到的不一致, 请刷新后重新审核。");
    }
    ReviewStage stage = review.stage();
    if (stage == null) {
      throw new ReviewRefusedException("not_open", "这个审核已经结束, 请刷新列表。");
    }
    if (agree && until != null) {
      Instant now = clock.instant();
      if (!until.isAfter(now) || until.isAfter(now.plus(policies.inForce().longestValidity()))) {
        throw new ReviewRefusedException(
            "until_invalid",
            "批准的有效期须晚于今天, 最长 %d 天, 请重新选择日期。"
                .formatted(policies.inForce().longestValidity().toDays()));
      }
      store.validUntil(id, until);
    }
    engine().decide(id, stage, agree, reason, actor);
    return store.find(id).orElseThrow();
  }

  /**
   * Takes a running review back.
   *
   * @throws ReviewRefusedException when it is over, or the person neither wrote nor submitted it
   */
  @Transactional
  public Review withdraw(long id, String actor, String reason) {
    Review review = store.lock(id);
    if (!review.status().running()) {
      throw new ReviewRefusedException("not_open", "这个审核已经结束, 请刷新列表。");
    }
    if (!review.author().equalsIgnoreCase(actor) && !review.submittedBy().equalsIgnoreCase(actor)) {
      throw new ReviewRefusedException("not_yours", "只有作者或提交人可以撤回审核。");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new ReviewRefusedException(
          "reason_missing", "请写明撤回的原因, 最多 %d 字。".formatted(LONGEST_REASON));
    }
    store.ending(id, actor, reason.strip());
    engine().end(id, ReviewStatus.WITHDRAWN);
    return store.find(id).orElseThrow();
  }

  /**
   * Ends the running review of any older version, because a newer one was written; in the
   * transaction that stores the new version.
   */
  @Transactional
  public void overtake(SubjectKind kind, String code, String newestId, String actor) {
    for (Review review : store.lockOvertaken(kind, code, newestId)) {
      store.ending(review.id(), actor, "作者写了新的版本");
      engine().end(review.id(), ReviewStatus.OVERTAKEN);
    }
  }

  /** Ends the running review of a version that was taken out of use meanwhile. */
  @Transactional
  public void drop(SubjectKind kind, String subjectId, String actor, String reason) {
    running(kind, subjectId)
        .ifPresent(
            review -> {
              store.lock(review.id());
              store.ending(review.id(), actor, reason);
              engine().end(review.id(), ReviewStatus.WITHDRAWN);
            });
  }

  private ReviewProcess engine() {
    return Objects.requireNonNull(process.getIfAvailable(), "no engine to run reviews");
  }

  /** The review with this id, as far as these branches go. */
  public Optional<Review> find(long id, BranchScope scope) {
    return store
        .find(id)
        .filter(review -> review.branch() == null || scope.covers(review.branch()));
  }

  /** The subject of a review as its owner has it now. */
  public Optional<ReviewSubject> subject(Review review) {
    return subjects.of(review.kind()).find(review.subjectId());
  }

  /** The content of a review as lines, for comparing it with another's. */
  public List<String> lines(Review review) {
    return subject(review).map(subjects.of(review.kind())::lines).orElse(List.of());
  }

  /** The rules a review's content would take the place of; empty when it is no set of rules. */
  public Optional<InForce> inForce(Review review) {
    return subject(review).flatMap(subjects.of(review.kind())::inForce);
  }

  /** Whether this person may decide at the stage the review waits at. */
  public boolean mayDecide(Review review, StaffMember member) {
    ReviewStage stage = review.stage();
    return stage != null
        && stage.role() == member.role()
        && member.enabled()
        && !review.involves(member.username())
        && ReviewCourse.inScope(review, member);
  }

  /** The review of this version that is not over yet. */
  public Optional<Review> running(SubjectKind kind, String subjectId) {
    return latest(kind, subjectId).filter(review -> review.status().running());
  }

  /** The last review of this version, running or over. */
  public Optional<Review> latest(SubjectKind kind, String subjectId) {
    return jdbc.sql(
            """
            select * from content_review where kind = :kind and subject_id = :subject
             order by id desc limit 1
            """)
        .param("kind", kind.code())
        .param("subject", subjectId)
        .query(ReviewStore::read)
        .optional();
  }

  /** The last approved review of a code before this one, of another content. */
  public Optional<Review> approvedBefore(Review review) {
    return jdbc.sql(
            """
            select * from content_review
             where kind = :kind and code = :code and status = 'approved' and id < :id
               and hash <> :hash
             order by id desc limit 1
            """)
        .param("kind", review.kind().code())
        .param("code", review.code())
        .param("id", review.id())
        .param("hash", review.hash())
        .query(ReviewStore::read)
        .optional();
  }

  /** Everything that happened in a review, oldest first. */
  public List<ReviewAct> history(long id) {
    return jdbc.sql(
            "select at, act, actor, stage, reason from content_review_act where review_id = :id"
                + " order by id")
        .param("id", id)
        .query(Reviews::act)
        .list();
  }

  private static ReviewAct act(ResultSet row, int number) throws SQLException {
    String stage = row.getString("stage");
    return new ReviewAct(
        row.getTimestamp("at").toInstant(),
        row.getString("act"),
        row.getString("actor"),
        stage == null ? null : ReviewStage.of(stage),
        row.getString("reason"));
  }

  /** One page of reviews, the most urgent first. */
  public List<Review> page(ReviewFilter filter, BranchScope scope, int offset, int limit) {
    return filtered("select * from content_review" + FILTER + ORDER, filter, scope)
        .param("offset", offset)
        .param("limit", limit)
        .query(ReviewStore::read)
        .list();
  }

  /** How many reviews a filter lists. */
  public long count(ReviewFilter filter, BranchScope scope) {
    return filtered("select count(*) from content_review" + FILTER, filter, scope)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec filtered(String sql, ReviewFilter filter, BranchScope scope) {
    return jdbc.sql(sql)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("decidableBy", filter.decidableBy())
        .param("stage", filter.stage() == null ? null : filter.stage().code())
        .param("submittedBy", filter.submittedBy())
        .param("kind", filter.kind() == null ? null : filter.kind().code())
        .param("status", filter.status() == null ? null : filter.status().code())
        .param("text", filter.text());
  }
}
