package io.waymark.journey.publication;

import io.waymark.journey.JourneyRefusedException;

/** Reasons that people give for their acts. */
final class Reasons {

  private static final int LONGEST = 200;

  private Reasons() {}

  static String required(String reason) {
    String said = reason.strip();
    if (said.isEmpty() || said.length() > LONGEST) {
      throw new JourneyRefusedException("reason_missing", "请写明原因，最多 %d 字。".formatted(LONGEST));
    }
    return said;
  }
}
