package io.waymark.journey;

/** Application event: a version went live, was paused, resumed or rejected. */
public record JourneysChanged() {}
