package io.waymark.segment;

import io.waymark.platform.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What a person writes to make or change an audience; see {@link Audience} for the meaning of the
 * parts.
 */
public record AudienceDraft(
    String code,
    String name,
    String rule,
    Purpose purpose,
    @Nullable String schedule,
    boolean live) {

  /** An audience that is not kept live. */
  public AudienceDraft(
      String code, String name, String rule, Purpose purpose, @Nullable String schedule) {
    this(code, name, rule, purpose, schedule, false);
  }
}
