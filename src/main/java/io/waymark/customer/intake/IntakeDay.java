package io.waymark.customer.intake;

import java.time.Instant;

/**
 * What one source delivered of one kind over some days.
 *
 * @param refused rows refused
 * @param lastAt when the last rows came
 */
public record IntakeDay(
    String source, String kind, long accepted, long duplicates, long refused, Instant lastAt) {}
