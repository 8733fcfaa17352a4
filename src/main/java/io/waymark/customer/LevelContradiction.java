package io.waymark.customer;

import java.time.Instant;

/**
 * Behaviour that contradicts a customer's level.
 *
 * @param rule word of the policy for it
 * @param eventSeq the event that made it so
 * @param at when that event happened
 * @param assessedAt the assessment it contradicts
 * @param assessedLevel the level of that assessment
 * @param levelAfter the effective level from now on; never above the assessed one
 */
public record LevelContradiction(
    long customerId,
    String branch,
    String rule,
    long eventSeq,
    Instant at,
    Instant assessedAt,
    RiskTolerance assessedLevel,
    RiskTolerance levelAfter,
    String policyVersion) {}
