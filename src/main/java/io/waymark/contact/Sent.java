package io.waymark.contact;

import java.util.UUID;

/**
 * The message is claimed, frozen and on its way once the caller's transaction commits.
 *
 * @param messageId the message; its {@code message.settled} event names it
 * @param deferred whether it waits for the end of the quiet hours
 */
public record Sent(UUID messageId, boolean deferred) implements SendResult {}
