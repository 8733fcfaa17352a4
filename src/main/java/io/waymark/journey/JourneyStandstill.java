package io.waymark.journey;

import java.time.Instant;

/** Lets everybody inside a journey stand still, whatever the version; on the engine's floor. */
public interface JourneyStandstill {

  /**
   * Holds every customer inside where he stands, in the caller's transaction: timers do not fire,
   * events move nobody, tasks cannot be answered.
   *
   * @return customers inside
   */
  long halt(String journeyKey);

  /**
   * Lets them go on, unless something else still holds the journey. What happened to them since
   * this moment and they would have waited for is delivered again. In the caller's transaction.
   */
  void goOn(String journeyKey, Instant since);
}
