package io.waymark.segment.rule;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why one customer is in an audience or not, as a tree that follows the rule.
 *
 * @param wording the condition or the group of conditions in Chinese
 * @param truth the answer for this customer
 * @param seen what was found of the customer's facts, in Chinese; null when nothing was, and for
 *     groups
 * @param note why the answer is unknown, in Chinese; null otherwise
 * @param parts the conditions of a group; empty for a single condition
 */
public record Explanation(
    String wording,
    Truth truth,
    @Nullable String seen,
    @Nullable String note,
    List<Explanation> parts) {

  public Explanation {
    parts = List.copyOf(parts);
  }

  /** The single conditions in the order of the rule. */
  public Stream<Explanation> conditions() {
    return parts.isEmpty() ? Stream.of(this) : parts.stream().flatMap(Explanation::conditions);
  }
}
