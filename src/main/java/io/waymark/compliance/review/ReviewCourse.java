package io.waymark.compliance.review;

import io.waymark.content.Approval;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens at each station of a review, called by the drawing {@code content-review} whatever
 * door moved it. Every rule about who may decide is held here and once more by the table.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class ReviewCourse {

  static final String MACHINE = "waymark";
  private static final int LONGEST_REASON = 500;
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("yyyyMM").withZone(ZoneId.of("Asia/Shanghai"));

  private final ReviewStore store;
  private final Subjects subjects;
  private final StaffDirectory staff;
  private final Draw draw;
  private final ReviewPolicies policies;
  private final EvidenceLog evidence;
  private final Clock clock;

  ReviewCourse(
      ReviewStore store,
      Subjects subjects,
      StaffDirectory staff,
      Draw draw,
      ReviewPolicies policies,
      EvidenceLog evidence,
      Clock clock) {
    this.store = store;
    this.subjects = subjects;
    this.staff = staff;
    this.draw = draw;
    this.policies = policies;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Where a review goes from the machine.
   *
   * @param refused no person may approve it
   * @param business a business reviewer reads it
   * @param officer a compliance officer reads it
   */
  public record Way(boolean refused, boolean business, boolean officer) {}

  /** Lets the machine read the subject and says who must read it after that. */
  public Way scan(long id) {
    Review review = store.lock(id);
    MachineReading reading = subjects.of(review.kind()).read(subject(review));
    double samplingRate = policies.inForce().samplingRate();
    List<String> reasons = new ArrayList<>(reading.reasonCodes());
    String drawn = null;
    if (reasons.isEmpty() && store.officerStillOwed(review)) {
      reasons.add(OfficerReason.EARLIER_VERSION.code());
    }
    if (reasons.isEmpty()) {
      drawn = draw.of(review.hash());
      if (Draw.falls(drawn, samplingRate)) {
        reasons.add(OfficerReason.SAMPLED.code());
      }
    }
    store.scanned(id, reading, reasons, drawn);
    note(review, "scanned", MACHINE, null, null);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pack", reading.packVersion());
    facts.put("obstacles", String.join(",", reading.obstacles()));
    facts.put("findings", String.join(",", reading.findings()));
    facts.put("officerReasons", String.join(",", reasons));
    if (drawn != null) {
      facts.put("draw", drawn);
      facts.put("samplingRate", Double.toString(samplingRate));
    }
    prove(review, "scanned", MACHINE, facts);
    return new Way(reading.refuses(), review.kind().needsBusinessReview(), !reasons.isEmpty());
  }

  /** Notes that the review waits at a stage from now on. */
  public void reached(long id, ReviewStage stage) {
    store.reached(id, stage, clock.instant());
  }

  /**
   * Takes a person's decision.
   *
   * @param reason why; required when it is sent back
   * @throws ReviewRefusedException when this person may not decide, the reason is missing, or
   *     nothing waits at this stage
   */
  public void decide(
      long id, ReviewStage stage, boolean agree, @Nullable String reason, String actor) {
    Review review = store.lock(id);
    mayDecide(review, stage, actor);
    String said = reason == null || reason.isBlank() ? null : reason.strip();
    if (!agree && said == null) {
      throw new ReviewRefusedException("reason_missing", "请写明退回的原因, 作者要据此修改。");
    }
    if (said != null && said.length() > LONGEST_REASON) {
      throw new ReviewRefusedException(
          "reason_too_long", "意见最多 %d 字, 请缩短。".formatted(LONGEST_REASON));
    }
    if (agree && !subject(review).latest()) {
      throw new ReviewRefusedException("newer_version", "作者已提交更新的版本, 请退回此版并审核新版本。");
    }
    if (!store.decided(id, stage, actor, clock.instant())) {
      throw new ReviewRefusedException("not_open", "这个审核已不在该环节, 请刷新列表。");
    }
    if (!agree) {
      store.ending(id, actor, Objects.requireNonNull(said));
    }
    String act = agree ? "agreed" : "sent_back";
    note(review, act, actor, stage, said);
    prove(review, act, actor, Map.of("stage", stage.code()));
  }

  private void mayDecide(Review review, ReviewStage stage, String actor) {
    if (review.author().equalsIgnoreCase(actor) || review.submittedBy().equalsIgnoreCase(actor)) {
      throw new ReviewRefusedException("own_content", "不能审核自己编写或提交的内容, 请交由另一位同事审核。");
    }
    if (actor.equalsIgnoreCase(review.businessReviewer())) {
      throw new ReviewRefusedException("decided_before", "您已做过业务复核, 合规复核须由另一位同事完成。");
    }
    StaffMember member =
        staff
            .find(actor)
            .filter(StaffMember::enabled)
            .filter(one -> one.role() == stage.role())
            .orElseThrow(
                () ->
                    new ReviewRefusedException(
                        "wrong_role", "这一环节只能由%s人员审核。".formatted(stage.role().title())));
    if (!inScope(review, member)) {
      throw new ReviewRefusedException("other_branch", "这份内容不在您的机构范围内, 请由有权限的同事审核。");
    }
  }

  static boolean inScope(Review review, StaffMember member) {
    return review.branch() == null ? member.allBranches() : member.scope().covers(review.branch());
  }

  /**
   * Makes a long wait known.
   *
   * @param tooLong whether it is to be escalated and not only reminded of
   */
  public void remind(long id, ReviewStage stage, boolean tooLong) {
    Review review = store.lock(id);
    if (review.stage() != stage) {
      return;
    }
    String act = tooLong ? "escalated" : "reminded";
    store.waitsLong(id, tooLong, clock.instant());
    note(review, act, MACHINE, stage, null);
    prove(review, act, MACHINE, Map.of("stage", stage.code()));
  }

  /** Puts the content in force under a number, since everybody needed agreed. */
  public void release(long id) {
    Instant now = clock.instant();
    Review review = store.lock(id);
    Instant until =
        Objects.requireNonNullElseGet(
            review.validUntil(), () -> now.plus(policies.inForce().validity()));
    if (!until.isAfter(now)) {
      throw new ReviewRefusedException("until_past", "批准的有效期必须晚于现在, 请重新选择日期。");
    }
    String by =
        Objects.requireNonNull(
            review.officer() == null ? review.businessReviewer() : review.officer());
    Review released = store.release(id, by, MONTH.format(now), until, now);
    String approvalNumber = Objects.requireNonNull(released.approvalNumber());
    subjects.of(review.kind()).approve(subject(review), new Approval(approvalNumber, by, until));
    note(review, "released", MACHINE, null, approvalNumber);
    prove(
        review,
        "released",
        by,
        Map.of("approvalNumber", approvalNumber, "validUntil", until.toString()));
  }

  /** Ends a review without an approval. */
  public void close(long id, ReviewStatus how) {
    Review review = store.lock(id);
    String by = Objects.requireNonNullElse(review.closedBy(), MACHINE);
    String reason =
        how == ReviewStatus.REFUSED ? String.join(",", review.obstacles()) : review.closedReason();
    store.close(id, how, by, reason, clock.instant());
    // A draft that was changed meanwhile has nothing left of what was reviewed.
    current(review).ifPresent(subject -> subjects.of(review.kind()).closed(subject, how, by));
    note(review, how.code(), by, null, reason);
    prove(review, how.code(), by, Map.of());
  }

  private ReviewSubject subject(Review review) {
    return current(review)
        .orElseThrow(() -> new ReviewRefusedException("content_gone", "要审核的内容已不存在, 请撤回后重新提交。"));
  }

  private Optional<ReviewSubject> current(Review review) {
    return subjects
        .of(review.kind())
        .find(review.subjectId())
        .filter(subject -> subject.hash().equals(review.hash()));
  }

  void note(
      Review review,
      String act,
      String actor,
      @Nullable ReviewStage stage,
      @Nullable String reason) {
    store.note(review.id(), act, actor, stage, reason, clock.instant());
  }

  void prove(Review review, String act, String actor, Map<String, ?> more) {
    Map<String, Object> facts = new LinkedHashMap<>(more);
    facts.put("act", act);
    facts.put("subject", review.kind().code() + ":" + review.code());
    facts.put("version", review.version());
    facts.put("hash", review.hash());
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.CONTENT_REVIEWED,
            "review:" + review.id(),
            null,
            review.branch(),
            actor,
            facts));
  }
}
