package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Rule;
import java.util.List;

/** Every rule about contacting customers sensibly. */
public final class ContactRules {

  private ContactRules() {}

  /** In the order in which findings are told. */
  public static List<Rule> all() {
    return List.of(
        new BackToBack(),
        new EndlessSends(),
        new NoComplaintExit(),
        new NoGoal(),
        new ShortReentry(),
        new AudienceNotLive(),
        new OutcomeUnused(),
        new VerdictUnused());
  }
}
