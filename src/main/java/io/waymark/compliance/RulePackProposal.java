package io.waymark.compliance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack somebody uploaded.
 *
 * @param effectiveFrom start of its first day
 * @param editors who changed it since, in small letters; none of them approves it
 * @param approvedBy null while nobody approved it
 */
public record RulePackProposal(
    String version,
    String hash,
    Instant effectiveFrom,
    String author,
    List<String> editors,
    Instant createdAt,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt) {

  public RulePackProposal {
    editors = List.copyOf(editors);
  }
}
