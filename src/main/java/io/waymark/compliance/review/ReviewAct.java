package io.waymark.compliance.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a review's history.
 *
 * @param act e.g. {@code submitted}, {@code scanned}, {@code agreed}, {@code sent_back}
 * @param actor user name; {@code waymark} for what no person did
 * @param stage at which stage a person decided; null otherwise
 * @param reason in the person's words
 */
public record ReviewAct(
    Instant at, String act, String actor, @Nullable ReviewStage stage, @Nullable String reason) {}
