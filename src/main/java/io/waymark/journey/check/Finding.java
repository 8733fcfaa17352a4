package io.waymark.journey.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing a check says about a drawing.
 *
 * @param rule id of the rule, its group before the dot, such as {@code structure.dead_end}; listed
 *     in {@code docs/checks.md}
 * @param severity how much it weighs
 * @param file name of the file it is in; empty when it is about the files together
 * @param element id of the element to mark, or null when it is about the file as a whole
 * @param elementName what the drawing calls the element, or null when it has no name
 * @param why what is wrong and what would come of it, a Chinese sentence
 * @param mend what to do, a Chinese sentence
 */
public record Finding(
    String rule,
    Severity severity,
    String file,
    @Nullable String element,
    @Nullable String elementName,
    String why,
    String mend) {

  /** What the rule looks after. */
  public RuleGroup group() {
    return RuleGroup.valueOf(rule.substring(0, rule.indexOf('.')).toUpperCase(Locale.ROOT));
  }

  /** Whether the engine refuses the files for this, at whatever door they come in. */
  public boolean blocksDeployment() {
    return severity == Severity.ERROR
        && List.of(RuleGroup.ENGINE, RuleGroup.STRUCTURE).contains(group());
  }

  /** Whether a draft with it may be neither approved nor published. */
  public boolean blocksPublication() {
    return severity == Severity.ERROR;
  }
}
