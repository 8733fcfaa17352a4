package io.waymark.customer.event;

/**
 * Application event: a transaction that queued customer events has committed, so consumers may look
 * at once. Waking is a courtesy; consumers poll as well.
 *
 * @param count rows queued
 */
public record EventsArrived(int count) {}
