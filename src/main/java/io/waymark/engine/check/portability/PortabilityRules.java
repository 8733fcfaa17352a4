package io.waymark.engine.check.portability;

import io.waymark.engine.check.rule.Rule;
import java.util.List;

/** Every rule about what another engine would not understand. */
public final class PortabilityRules {

  private PortabilityRules() {}

  /** In the order in which findings are told. */
  public static List<Rule> all() {
    return List.of(new CalendarFunction(), new OutsideCore());
  }
}
