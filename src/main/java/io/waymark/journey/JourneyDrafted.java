package io.waymark.journey;

/** A new version of a journey was deployed; published in the transaction that records it. */
public record JourneyDrafted(JourneyVersion version) {}
