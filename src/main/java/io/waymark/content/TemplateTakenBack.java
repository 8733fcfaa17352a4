package io.waymark.content;

/** A version was withdrawn; published in the same transaction. */
public record TemplateTakenBack(TemplateVersion version, String actor, String reason) {}
