package io.waymark.contact.link;

import io.waymark.channel.AddressedMessage;
import io.waymark.platform.Purpose;
import java.time.Instant;

/**
 * A message at its departure.
 *
 * @param createdAt when the message was made; the same at every attempt
 * @param observed whether the customer agreed to it that reading and clicking is seen (个性化);
 *     unknown is no
 */
public record Outgoing(
    AddressedMessage message,
    long customerId,
    String branch,
    Purpose purpose,
    Instant createdAt,
    boolean observed) {}
