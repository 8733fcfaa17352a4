package io.waymark.journey;

/** Application event: there are customers to be let into journeys. */
public record EnrolmentsQueued() {}
