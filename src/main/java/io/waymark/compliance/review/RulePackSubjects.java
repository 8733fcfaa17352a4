package io.waymark.compliance.review;

import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.content.Approval;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Rule packs as subjects of a review: written by one officer, read by another. A pack's version is
 * its name, so that none is newer than another.
 */
@Component
class RulePackSubjects implements Reviewable {

  private final RulePacks packs;
  private final Clock clock;

  RulePackSubjects(RulePacks packs, Clock clock) {
    this.packs = packs;
    this.clock = clock;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.RULE_PACK;
  }

  @Override
  public Optional<ReviewSubject> find(String id) {
    return packs.proposals().stream()
        .filter(proposal -> proposal.version().equals(id))
        .findFirst()
        .map(RulePackSubjects::subject);
  }

  private static ReviewSubject subject(RulePackProposal proposal) {
    return new ReviewSubject(
        SubjectKind.RULE_PACK,
        proposal.version(),
        proposal.version(),
        proposal.version(),
        "规则库 " + proposal.version(),
        proposal.hash(),
        proposal.author(),
        proposal.approvedBy() == null,
        true);
  }

  @Override
  public MachineReading read(ReviewSubject subject) {
    // A pack that cannot be applied is refused when it is proposed; whether its rules are the right
    // ones only a person can say.
    return new MachineReading("", List.of(), List.of(), Set.of(OfficerReason.RULES));
  }

  @Override
  public List<String> lines(ReviewSubject subject) {
    return linesOf(subject.id());
  }

  @Override
  public Optional<InForce> inForce(ReviewSubject subject) {
    String version = packs.active(clock.instant()).version();
    return Optional.of(new InForce(version, linesOf(version)));
  }

  private List<String> linesOf(String version) {
    return packs.source(version).orElseThrow().lines().toList();
  }

  @Override
  public void submitted(ReviewSubject subject) {
    // A proposal waits as it is.
  }

  @Override
  public void approve(ReviewSubject subject, Approval approval) {
    try {
      packs.approve(subject.id(), subject.hash(), approval.by());
    } catch (RulePackException refused) {
      throw new ReviewRefusedException("pack_refused", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public void closed(ReviewSubject subject, ReviewStatus how, String by) {
    // It stays a proposal; the author proposes another version.
  }
}
