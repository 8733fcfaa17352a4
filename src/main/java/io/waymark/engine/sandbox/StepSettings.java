package io.waymark.engine.sandbox;

import java.util.Set;

/**
 * A step a marketer can draw, as the checks know it.
 *
 * @param name what the drawing writes as {@code ${name}}
 * @param required settings that must be filled in
 * @param optional settings that may be
 */
public record StepSettings(String name, Set<String> required, Set<String> optional) {}
