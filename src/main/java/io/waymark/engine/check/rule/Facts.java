package io.waymark.engine.check.rule;

import io.waymark.product.Product;
import io.waymark.segment.Audience;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the house knows of everything a drawing names, read at once. What is not in here does not
 * exist.
 *
 * @param contents message templates by code
 * @param audiences by code
 * @param events declared event types
 * @param tags declared tags
 * @param products by code
 * @param offeredTypes product types of which something is on sale
 * @param profiling why an audience may not be used for marketing, a sentence by its code; absent
 *     when it may
 * @param barredTags why the tags an audience reads may not be used for the journey's purpose, a
 *     sentence by its code; absent when they may
 */
public record Facts(
    Map<String, Content> contents,
    Map<String, Audience> audiences,
    Set<String> events,
    Set<String> tags,
    Map<String, Product> products,
    Set<String> offeredTypes,
    Map<String, String> profiling,
    Map<String, String> barredTags) {

  /** Nothing is known of anything. */
  public static final Facts NONE =
      new Facts(Map.of(), Map.of(), Set.of(), Set.of(), Map.of(), Set.of(), Map.of(), Map.of());

  /** The template a step names; empty when it names none, or none that exists. */
  public Optional<Content> content(Node step) {
    return Optional.ofNullable(contents.get(step.setting("template")));
  }

  /** Whether a step is about marketing, as far as its template is known. */
  public boolean marketing(Node step) {
    return content(step).filter(content -> content.metadata().purpose().marketing()).isPresent();
  }

  /** Whether the text a step sends speaks of one product. */
  public boolean needsProduct(Node step) {
    return content(step).filter(content -> content.metadata().requiresProduct()).isPresent();
  }
}
