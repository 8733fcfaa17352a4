package io.waymark.compliance.impact;

import java.util.Set;

/** Says by which tags an audience profiles people. */
@FunctionalInterface
public interface AudienceProfiling {

  /**
   * Scores and sensitive tags an audience looks at, those of audiences it refers to included; empty
   * when it profiles nobody or does not exist.
   */
  Set<String> profile(String audience);
}
