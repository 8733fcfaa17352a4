package io.waymark.content;

/**
 * One reason why a template is refused.
 *
 * @param part {@code subject}, {@code body} or the metadata field
 * @param line 1-based line in that part; 0 when the whole part is meant
 * @param code stable code for machines, e.g. {@code undeclared_variable}
 * @param message Chinese sentence that says what to do
 */
public record TemplateProblem(String part, int line, String code, String message) {}
