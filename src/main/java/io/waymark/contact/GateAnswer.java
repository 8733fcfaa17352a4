package io.waymark.contact;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one gate says.
 *
 * @param reason null when it lets the message pass
 * @param until set when it only defers
 * @param inputs what it looked at by name, codes only
 */
public record GateAnswer(
    @Nullable WithheldReason reason, @Nullable Instant until, Map<String, String> inputs) {

  public GateAnswer {
    inputs = Map.copyOf(inputs);
  }

  /** Lets the message pass. */
  public static GateAnswer pass(Map<String, String> inputs) {
    return new GateAnswer(null, null, inputs);
  }

  /** Does not concern this message. */
  public static GateAnswer pass() {
    return pass(Map.of());
  }

  /** Holds the message back for good. */
  public static GateAnswer withhold(WithheldReason reason, Map<String, String> inputs) {
    return new GateAnswer(reason, null, inputs);
  }

  /** Holds the message back until a moment. */
  public static GateAnswer defer(Instant until, WithheldReason reason, Map<String, String> inputs) {
    return new GateAnswer(reason, until, inputs);
  }
}
