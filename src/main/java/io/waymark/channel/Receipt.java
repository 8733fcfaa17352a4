package io.waymark.channel;

import io.waymark.platform.Channel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports about a message it accepted. Receipts may come twice, late, and in any
 * order; whoever listens must recognise them by {@code providerReceiptId}.
 *
 * @param at when it happened, by the provider's clock
 * @param detail the provider's own code or words, e.g. why a delivery failed; null when it gave
 *     none
 * @param providerReceiptId unique for the provider and stable over repeats
 */
public record Receipt(
    UUID messageId,
    Channel channel,
    ReceiptKind kind,
    Instant at,
    @Nullable String detail,
    String providerReceiptId) {}
