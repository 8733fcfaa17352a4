package io.waymark.compliance.watch;

import java.util.List;

/**
 * The words of a live journey.
 *
 * @param id of the version
 * @param texts names and explanations as drawn
 */
public record JourneyText(long id, String key, int version, String hash, List<String> texts) {

  public JourneyText {
    texts = List.copyOf(texts);
  }
}
