package io.waymark.customer.tag;

import java.time.Instant;

/**
 * A value that is held for a customer, whether it still counts or not.
 *
 * @param asOf when the value was true
 * @param fresh whether it counts now; rules take a value that does not for unknown
 */
public record HeldTag(String tag, String value, Instant asOf, boolean fresh) {}
