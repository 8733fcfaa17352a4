package io.waymark.engine.check.rule;

import io.waymark.platform.Purpose;
import java.util.Arrays;

/** Whether a journey is about marketing, by what it declares or by what it sends. */
public final class Marketing {

  private Marketing() {}

  /** Whether the journey says of itself that it is. */
  public static boolean declared(Subject subject) {
    String declared = subject.drawing().setting("purpose");
    return Arrays.stream(Purpose.values())
        .anyMatch(purpose -> purpose.code().equals(declared) && purpose.marketing());
  }

  /** Whether it is, whatever it says of itself. */
  public static boolean of(Subject subject) {
    return declared(subject)
        || subject.drawing().steps("sendMessage").stream().anyMatch(subject.facts()::marketing);
  }
}
