package io.waymark.contact;

import java.util.UUID;

/**
 * This participation, node and visit has its message already; nothing was done.
 *
 * @param messageId the message that holds the claim
 */
public record AlreadySent(UUID messageId) implements SendResult {}
