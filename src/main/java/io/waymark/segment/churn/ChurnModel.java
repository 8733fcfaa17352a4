package io.waymark.segment.churn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trained model.
 *
 * @param trainedBy username of who had it trained
 * @param version of the settings it was trained under
 * @param approvedBy who let it be used; null while nobody did
 * @param endedAt when it was turned down or replaced; null while neither
 */
public record ChurnModel(
    long id,
    Instant trainedAt,
    String trainedBy,
    String version,
    ChurnContent content,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable Instant endedAt) {

  /** {@code waiting} for a decision, {@code in_force}, or {@code ended}. */
  public String state() {
    if (endedAt != null) {
      return "ended";
    }
    return approvedBy == null ? "waiting" : "in_force";
  }
}
