package io.waymark.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What a walk along the whole chain found.
 *
 * @param rows sealed rows that were read and fit, up to the break if there is one
 * @param whole whether every link fits and no row is missing
 * @param brokenAt Chinese sentence that names the first broken link; null when whole
 * @param headHash hash of the last link read, in hexadecimal; noted outside the database, it also
 *     proves that nobody rewrote the chain as a whole
 */
public record Verification(long rows, boolean whole, @Nullable String brokenAt, String headHash) {}
