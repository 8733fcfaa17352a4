package io.waymark.channel;

import io.waymark.platform.Channel;

/**
 * Who may send receipts.
 *
 * @param channel the channel its receipts belong to
 * @param secret signs its requests
 */
public record ReceiptSource(Channel channel, Secret secret) {}
