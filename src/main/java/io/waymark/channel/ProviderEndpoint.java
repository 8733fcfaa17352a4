package io.waymark.channel;

import io.waymark.platform.Channel;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the peer of a provider listens. A bean of this type stands in for a channel whose provider
 * is not configured by properties: so a simulator on an ephemeral port makes itself known.
 *
 * @param channel the channel it serves
 * @param uri SMS: address of the messages resource; e-mail: {@code smtp://host:port}; webhook:
 *     default target
 * @param key access key, user name, or empty where the protocol has none
 * @param secret signs requests (SMS, webhook) or is the password (e-mail)
 * @param receiptSecret signs receipts on their way back; null when the peer sends none
 */
public record ProviderEndpoint(
    Channel channel, URI uri, String key, Secret secret, @Nullable Secret receiptSecret) {}
