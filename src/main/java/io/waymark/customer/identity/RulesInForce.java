package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The identity rules that apply now; asking costs no statement. */
@Component
public class RulesInForce {

  private final PolicyDocuments documents;
  private final IdentityRulesKind kind;
  private final Clock clock;

  RulesInForce(PolicyDocuments documents, IdentityRulesKind kind, Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.clock = clock;
  }

  PolicyInForce<IdentityRules> now() {
    return documents.active(kind, clock.instant());
  }

  /** What one type is worth now. */
  public IdentityRule of(IdentityType type) {
    return now().value().of(type);
  }

  /** The rules that apply now, heaviest type first. */
  public List<IdentityRule> all() {
    return now().value().types();
  }

  /** The moment since which an identity of this type must have been stated to count now. */
  public Instant validSince(IdentityType type) {
    return of(type).validSince(clock.instant());
  }
}
