package io.waymark.contact;

import org.jspecify.annotations.Nullable;

/**
 * How many messages stand at a status for one reason.
 *
 * @param status as {@link MessageRecord#status()}
 * @param reason code of a {@link WithheldReason} or of a provider; null when nothing is the matter
 */
public record MessageTally(String status, @Nullable String reason, long messages) {}
