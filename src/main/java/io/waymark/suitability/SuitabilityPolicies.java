package io.waymark.suitability;

import io.waymark.platform.policy.PolicyInForce;
import java.time.Instant;

/** Which suitability policy applies when. */
@FunctionalInterface
public interface SuitabilityPolicies {

  /** The policy in force at a moment. */
  PolicyInForce<SuitabilityPolicy> at(Instant moment);
}
