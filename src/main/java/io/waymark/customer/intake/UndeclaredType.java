package io.waymark.customer.intake;

import java.time.Instant;

/** A type of events that comes in and that nobody declared. */
public record UndeclaredType(
    String type, String source, long events, Instant firstAt, Instant lastAt) {}
