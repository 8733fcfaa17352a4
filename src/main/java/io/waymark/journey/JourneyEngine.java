package io.waymark.journey;

import java.util.List;
import java.util.Map;

/** What this package needs of the workflow engine; implemented on the engine's floor. */
public interface JourneyEngine {

  /**
   * Starts one instance per participation, in the caller's transaction, up to where it first waits.
   *
   * @return the engine's instance id per participation id; an instance that ran to its end at once
   *     is included
   */
  Map<Long, String> start(JourneyVersion version, List<NewParticipation> participations);
}
