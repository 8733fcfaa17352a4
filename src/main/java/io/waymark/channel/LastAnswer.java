package io.waymark.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider last said on this node.
 *
 * @param outcome {@code accepted}, {@code rejected} or {@code unknown}
 * @param code the provider's code of a refusal; null otherwise
 * @param reason for people; null when it accepted
 */
public record LastAnswer(
    Instant at, String outcome, @Nullable String code, @Nullable String reason) {

  static LastAnswer of(ProviderAnswer answer, Instant at) {
    if (answer instanceof ProviderAnswer.Rejected no) {
      return new LastAnswer(at, "rejected", no.code(), no.reason());
    }
    if (answer instanceof ProviderAnswer.Unknown unknown) {
      return new LastAnswer(at, "unknown", null, unknown.reason());
    }
    return new LastAnswer(at, "accepted", null, null);
  }
}
