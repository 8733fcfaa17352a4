package io.waymark.compliance.review;

import io.waymark.platform.policy.PolicyDocuments;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The policy of the review in force now. */
@Component
class ReviewPolicies {

  private final PolicyDocuments documents;
  private final ReviewPolicyKind kind;
  private final Clock clock;

  ReviewPolicies(PolicyDocuments documents, ReviewPolicyKind kind, Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.clock = clock;
  }

  ReviewPolicy inForce() {
    return documents.active(kind, clock.instant()).value();
  }
}
