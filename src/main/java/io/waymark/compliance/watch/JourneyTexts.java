package io.waymark.compliance.watch;

import java.util.List;

/** The live journeys, implemented by whoever can read their drawings. */
public interface JourneyTexts {

  /** Every version that new customers may enter. */
  List<JourneyText> live();

  /** Stops entries into a version; customers inside go on. In the caller's transaction. */
  void pause(JourneyText journey, String actor);
}
