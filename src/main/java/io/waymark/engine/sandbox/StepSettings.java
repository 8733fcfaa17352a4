package io.waymark.engine.sandbox;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A step a marketer can draw, as the checks know it.
 *
 * @param name what the drawing writes as {@code ${name}}
 * @param required settings that must be filled in
 * @param optional settings that may be
 * @param formats how a setting must be written, where a wrong value would only show with the first
 *     customer
 */
public record StepSettings(
    String name, Set<String> required, Set<String> optional, Map<String, Pattern> formats) {

  /** A step whose settings are free texts or names that are looked up when it runs. */
  public StepSettings(String name, Set<String> required, Set<String> optional) {
    this(name, required, optional, Map.of());
  }
}
