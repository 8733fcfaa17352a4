package io.waymark.contact;

import java.time.Instant;

/**
 * The message may leave, but not yet; before it leaves the gates are asked again.
 *
 * @param until the first moment at which it may leave
 * @param reason why not now
 */
public record Deferred(Instant until, WithheldReason reason) implements Verdict {}
