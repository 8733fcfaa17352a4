package io.waymark.contact;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message comes to its final outcome.
 *
 * @param reason code of a {@link WithheldReason} or of the provider; null when all is well
 * @param gate the gate that withheld it; null when none did
 */
record Settling(UUID messageId, Outcome outcome, @Nullable String reason, @Nullable String gate) {

  /** What {@code message.settled} tells a journey. */
  enum Outcome {
    SENT,
    DELIVERED,
    FAILED,
    WITHHELD,
    UNKNOWN;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the customer got nothing, so that the place under the caps is free again. */
    boolean neverLeft() {
      return this == FAILED || this == WITHHELD;
    }
  }

  static Settling of(UUID messageId, Outcome outcome) {
    return new Settling(messageId, outcome, null, null);
  }

  static Settling of(UUID messageId, Outcome outcome, String reason) {
    return new Settling(messageId, outcome, reason, null);
  }
}
