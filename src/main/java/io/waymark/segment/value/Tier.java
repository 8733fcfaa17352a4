package io.waymark.segment.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tier of a scheme.
 *
 * @param code the tag's value
 * @param rule who belongs to it, in the language of audiences; null for all others
 * @param share percent of the resources of service meant for it; null where none is given
 * @param cadence what is done for its customers how often, for people to read
 */
public record Tier(
    String code,
    String name,
    @Nullable String rule,
    @Nullable Integer share,
    List<String> cadence) {

  public Tier {
    cadence = List.copyOf(cadence);
  }
}
