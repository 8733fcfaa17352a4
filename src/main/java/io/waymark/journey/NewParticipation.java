package io.waymark.journey;

/**
 * A customer about to enter a journey; its row stands in the same transaction.
 *
 * @param id id of the participation, known to every step by the instance's business key
 * @param entryEventSeq events up to this one happened before the customer entered
 * @param eventsSince whether something has happened after that and before now: the customer waited
 *     in the queue for entry meanwhile
 */
public record NewParticipation(
    long id, long customerId, String branch, long entryEventSeq, boolean eventsSince) {}
