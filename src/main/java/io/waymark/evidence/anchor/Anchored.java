package io.waymark.evidence.anchor;

/** An anchor was made; published within its transaction. */
public record Anchored(Anchor anchor) {}
