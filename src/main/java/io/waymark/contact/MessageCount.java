package io.waymark.contact;

import io.waymark.platform.Channel;
import org.jspecify.annotations.Nullable;

/**
 * How many messages of a channel stand at a status.
 *
 * @param channel null for what was withheld because its template was not approved
 * @param status as {@link MessageRecord#status()}
 */
public record MessageCount(@Nullable Channel channel, String status, long messages) {}
