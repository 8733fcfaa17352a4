package io.waymark.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One deployed version of a journey.
 *
 * @param id our own id
 * @param key process id of the drawing, e.g. {@code onboarding}
 * @param version the engine's version number of the key, counting from 1
 * @param name Chinese name of the drawing
 * @param definitionId the engine's id, by which alone the version is started
 * @param hash SHA-256 over all files of the deployment; an approval is bound to it
 * @param author who deployed it
 * @param approvalNumber number of the review it was approved by
 * @param expiresAt until when new customers enter it (exclusive); null: approved before approvals
 *     ended
 * @param decidedBy who approved or rejected it; never the author; null while a draft
 * @param goLiveAt when it is to be published; null unless it is scheduled
 * @param liveSince when it was published; null when it never was
 * @param share hundredths of a percent of customers it lets in so far, 0 to 10,000
 */
public record JourneyVersion(
    long id,
    String key,
    int version,
    String name,
    String definitionId,
    String deploymentId,
    String hash,
    JourneySettings settings,
    JourneyStatus status,
    String author,
    Instant createdAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String approvalNumber,
    @Nullable Instant expiresAt,
    @Nullable Instant goLiveAt,
    @Nullable Instant liveSince,
    int share) {

  /** Share of a version that lets everybody in. */
  public static final int EVERYBODY = 10_000;
}
