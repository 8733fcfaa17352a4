package io.waymark.suitability;

import java.util.Map;

/**
 * The first check that failed.
 *
 * @param inputs what the check looked at, by name; {@code unknown} where nothing is known
 */
public record Unsuitable(SuitabilityReason reason, Map<String, String> inputs)
    implements SuitabilityVerdict {

  public Unsuitable {
    inputs = Map.copyOf(inputs);
  }
}
