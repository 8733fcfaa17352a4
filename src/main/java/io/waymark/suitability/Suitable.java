package io.waymark.suitability;

/** Every check passed. */
public record Suitable() implements SuitabilityVerdict {}
