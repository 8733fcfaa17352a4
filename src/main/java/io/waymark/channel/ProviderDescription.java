package io.waymark.channel;

import io.waymark.platform.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A configured provider as people see it; holds no key.
 *
 * @param target scheme, host and port it sends to; empty when that depends on the message
 * @param settings prefix of the properties that configure it; empty when none do
 * @param verification the vendor's published example its signatures are tested against; null: none
 *     was at hand, 「未经厂商校验」
 * @param whenUnknown what happens to a message of unknown fate
 * @param chosen whether messages leave by it; another one serves the channel otherwise
 * @param lastAnswer on this node since its start; null before the first
 */
public record ProviderDescription(
    String name,
    Channel channel,
    String target,
    String settings,
    @Nullable String verification,
    UnknownPolicy whenUnknown,
    boolean chosen,
    @Nullable LastAnswer lastAnswer) {}
