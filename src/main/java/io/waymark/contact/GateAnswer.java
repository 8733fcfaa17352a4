package io.waymark.contact;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one gate says.
 *
 * @param reason null when it lets the message pass
 * @param until set when it only defers
 * @param displaced waiting messages whose place it takes when it passes
 * @param inputs what it looked at by name, codes only
 */
public record GateAnswer(
    @Nullable WithheldReason reason,
    @Nullable Instant until,
    Map<String, String> inputs,
    List<UUID> displaced) {

  public GateAnswer {
    inputs = Map.copyOf(inputs);
    displaced = List.copyOf(displaced);
  }

  /** Lets the message pass. */
  public static GateAnswer pass(Map<String, String> inputs) {
    return new GateAnswer(null, null, inputs, List.of());
  }

  /** Lets the message pass in place of others that wait. */
  public static GateAnswer insteadOf(List<UUID> displaced, Map<String, String> inputs) {
    return new GateAnswer(null, null, inputs, displaced);
  }

  /** Does not concern this message. */
  public static GateAnswer pass() {
    return pass(Map.of());
  }

  /** Holds the message back for good. */
  public static GateAnswer withhold(WithheldReason reason, Map<String, String> inputs) {
    return new GateAnswer(reason, null, inputs, List.of());
  }

  /** Holds the message back until a moment. */
  public static GateAnswer defer(Instant until, WithheldReason reason, Map<String, String> inputs) {
    return new GateAnswer(reason, until, inputs, List.of());
  }
}
