package io.waymark.journey;

/** A version was approved and may be published; told in the transaction that approves it. */
public record JourneyApproved(JourneyVersion version) {}
