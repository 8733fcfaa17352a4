package io.waymark.content;

/** A new version of a template was written; published in the transaction that stores it. */
public record TemplateStored(TemplateVersion version) {}
