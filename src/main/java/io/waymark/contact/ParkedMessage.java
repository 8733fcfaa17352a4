package io.waymark.contact;

import io.waymark.platform.Channel;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that cannot be prepared and waits for a person.
 *
 * @param problem kind of the failure; never its words, which may hold personal data
 * @param since when it was parked
 */
public record ParkedMessage(
    UUID messageId,
    long customerId,
    String branch,
    Channel channel,
    int priority,
    String problem,
    Instant since) {}
