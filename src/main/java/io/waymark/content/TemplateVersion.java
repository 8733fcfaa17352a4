package io.waymark.content;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a template; its text and metadata never change.
 *
 * @param hash SHA-256 (hex) over metadata and source: what an officer approves
 * @param expiresAt until when an approval holds (exclusive)
 * @param approvalNumber number under which the approval is filed
 * @param withdrawnReason why it was taken back, in the words of whoever did
 */
public record TemplateVersion(
    long id,
    String code,
    int version,
    String hash,
    TemplateMetadata metadata,
    String source,
    TemplateStatus status,
    String author,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable Instant expiresAt,
    @Nullable String approvalNumber,
    Instant createdAt,
    @Nullable String withdrawnBy,
    @Nullable Instant withdrawnAt,
    @Nullable String withdrawnReason) {}
