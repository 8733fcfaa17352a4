package io.waymark.compliance.review;

import io.waymark.content.Approval;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.PolicyRefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Policies of every kind as subjects of a review: proposed by one person, read by an officer who is
 * somebody else. A subject's id is {@code <kind>:<version>}, its code the kind: one version of a
 * kind is read at a time, against the one in force. Versions stand beside each other, each for its
 * own day, so that none is newer than another.
 */
@Component
class PolicySubjects implements Reviewable {

  private final PolicyDocuments documents;
  private final Clock clock;

  PolicySubjects(PolicyDocuments documents, Clock clock) {
    this.documents = documents;
    this.clock = clock;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.POLICY;
  }

  @Override
  public Optional<ReviewSubject> find(String id) {
    String[] parts = id.split(":", 2);
    return parts.length < 2
        ? Optional.empty()
        : documents.find(parts[0], parts[1]).map(this::subject);
  }

  private ReviewSubject subject(PolicyDocument document) {
    return new ReviewSubject(
        SubjectKind.POLICY,
        id(document),
        document.kind(),
        document.version(),
        title(document.kind()),
        document.hash(),
        document.author(),
        document.isProposal(),
        true);
  }

  static String id(PolicyDocument document) {
    return document.kind() + ":" + document.version();
  }

  private String title(String kind) {
    return documents.kinds().stream()
        .filter(one -> one.code().equals(kind))
        .findFirst()
        .map(PolicyKind::title)
        .orElse(kind);
  }

  @Override
  public MachineReading read(ReviewSubject subject) {
    // Its kind refused what cannot be applied when it was proposed.
    return new MachineReading("", List.of(), List.of(), Set.of(OfficerReason.RULES));
  }

  @Override
  public List<String> lines(ReviewSubject subject) {
    return documents
        .find(subject.code(), subject.version())
        .orElseThrow()
        .source()
        .lines()
        .toList();
  }

  @Override
  public Optional<InForce> inForce(ReviewSubject subject) {
    PolicyDocument active = documents.active(subject.code(), clock.instant());
    return Optional.of(new InForce(active.version(), active.source().lines().toList()));
  }

  @Override
  public void submitted(ReviewSubject subject) {
    // A proposal waits as it is.
  }

  @Override
  public void approve(ReviewSubject subject, Approval approval) {
    try {
      documents.approve(subject.code(), subject.version(), subject.hash(), approval.by());
    } catch (PolicyRefusedException refused) {
      throw new ReviewRefusedException("policy_refused", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public void closed(ReviewSubject subject, ReviewStatus how, String by) {
    if (how == ReviewStatus.REJECTED) {
      documents.reject(subject.code(), subject.version(), "审核退回, 原因见审核记录", by);
    }
  }
}
