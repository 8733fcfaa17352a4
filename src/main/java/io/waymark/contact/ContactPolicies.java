package io.waymark.contact;

import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.platform.policy.PolicyRefusedException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The contact policy in force, and how another one comes into force: proposed, then approved. */
@Component
public class ContactPolicies {

  private final PolicyDocuments documents;
  private final ContactPolicyKind kind;

  ContactPolicies(PolicyDocuments documents, ContactPolicyKind kind) {
    this.documents = documents;
    this.kind = kind;
  }

  /** What applies at a moment, under the version it was approved as; costs no statement. */
  public ContactPolicy at(Instant moment) {
    PolicyInForce<ContactPolicy> active = documents.active(kind, moment);
    return active.value().version().equals(active.version())
        ? active.value()
        : active.value().named(active.version());
  }

  /** The document that applies at a moment. */
  public PolicyDocument documentAt(Instant moment) {
    return documents.active(kind, moment).document();
  }

  /** Every version, latest written first. */
  public List<PolicyDocument> all() {
    return documents.all(ContactPolicyKind.CODE);
  }

  /**
   * Proposes a policy under the version it names itself, so that a verdict and its document can
   * never name different ones.
   *
   * @throws PolicyRefusedException when it cannot be read or the version is taken
   */
  public PolicyDocument propose(String source, Instant effectiveFrom, String author) {
    List<String> problems = kind.problems(source);
    if (!problems.isEmpty()) {
      throw new PolicyRefusedException(problems);
    }
    return documents.propose(
        new PolicyDraft(ContactPolicyKind.CODE, kind.read(source).version(), effectiveFrom, source),
        author);
  }

  /**
   * Turns a proposal down.
   *
   * @throws PolicyRefusedException without a reason, or when it is decided already
   */
  public PolicyDocument reject(String version, String reason, String actor) {
    return documents.reject(ContactPolicyKind.CODE, version, reason, actor);
  }
}
