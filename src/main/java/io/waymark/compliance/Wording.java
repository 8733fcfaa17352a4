package io.waymark.compliance;

import java.util.List;

/**
 * One pattern of a rule, on normalised text. The lists stand for look-around, which RE2 does not
 * have; their entries are RE2 fragments.
 *
 * @param match RE2 pattern; {@code .} never crosses a sentence
 * @param notBefore the hit does not count when the text before it ends so
 * @param notAfter the hit does not count when the text after it begins so
 * @param notInside the hit does not count when it contains one of these literals
 */
public record Wording(
    String match, List<String> notBefore, List<String> notAfter, List<String> notInside) {

  public Wording {
    notBefore = List.copyOf(notBefore);
    notAfter = List.copyOf(notAfter);
    notInside = List.copyOf(notInside);
  }
}
