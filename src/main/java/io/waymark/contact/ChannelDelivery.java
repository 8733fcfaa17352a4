package io.waymark.contact;

import io.waymark.platform.Channel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages of one channel that were made since a moment.
 *
 * @param handedOver taken by the provider
 * @param delivered known to have arrived
 * @param failed known not to have arrived
 * @param unknown nobody knows, and nobody asks any more
 * @param usual half of the receipts came within this time after handing over; null without receipts
 * @param slow 95 of 100 receipts did; null without receipts
 * @param oldestAwaiting since when the longest waiting message lacks its receipt, made before that
 *     moment or not; null when none does
 */
public record ChannelDelivery(
    Channel channel,
    long handedOver,
    long delivered,
    long failed,
    long unknown,
    @Nullable Duration usual,
    @Nullable Duration slow,
    @Nullable Instant oldestAwaiting) {}
