package io.waymark.segment.value;

/**
 * How many customers a tier has.
 *
 * @param tier the tier as the model in force describes it
 */
public record TierCount(Tier tier, long customers) {}
