package io.waymark.contact;

/** The message may leave now. */
public record Allowed() implements Verdict {}
