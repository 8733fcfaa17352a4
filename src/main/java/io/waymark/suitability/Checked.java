package io.waymark.suitability;

import java.util.Locale;
import java.util.Map;

/**
 * What one check says about one question, for people.
 *
 * @param check named by the reason it would give
 * @param outcome what became of it
 * @param inputs what it looked at, by name; {@code unknown} where nothing is known
 * @param basis the policy's own words
 */
public record Checked(
    SuitabilityReason check, Outcome outcome, Map<String, String> inputs, String basis) {

  public Checked {
    inputs = Map.copyOf(inputs);
  }

  /** What became of a check. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** Spared to a professional investor, though it would have failed or passed. */
    SPARED,
    /** There is no assessment to compare with. */
    NOTHING_KNOWN,
    /** Does not concern this purpose. */
    NOT_ASKED;

    /** The word in messages, e.g. {@code not_asked}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
