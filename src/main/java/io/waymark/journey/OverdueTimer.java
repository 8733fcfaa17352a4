package io.waymark.journey;

import java.time.Instant;

/**
 * A timer of one customer whose hour is past.
 *
 * @param journeyVersionId version the customer is in
 * @param node where the customer stands
 * @param timer element of the timer; the same as {@code node} when he stands on the timer itself
 * @param dueAt when it was due
 * @param onlyWay whether nothing else drawn at the node can move the customer on
 */
public record OverdueTimer(
    long participationId,
    long customerId,
    String branch,
    String journeyKey,
    long journeyVersionId,
    String node,
    String timer,
    Instant dueAt,
    boolean onlyWay) {}
