package io.waymark.journey;

/**
 * A customer about to enter a journey; its row stands in the same transaction.
 *
 * @param id id of the participation, known to every step as the variable {@code participation}
 */
public record NewParticipation(long id, long customerId, String branch) {}
