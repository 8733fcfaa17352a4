package io.waymark.engine.check.rule;

import io.waymark.content.TemplateMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message template as of now.
 *
 * @param expiresAt until when its approval holds (exclusive); null without one
 */
public record Content(TemplateMetadata metadata, State state, @Nullable Instant expiresAt) {

  /** Whether it may be sent, and why not. */
  public enum State {
    DRAFT,
    IN_REVIEW,
    APPROVED,
    EXPIRED,
    WITHDRAWN,
    RECALLED
  }
}
