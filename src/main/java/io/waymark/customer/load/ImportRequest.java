package io.waymark.customer.load;

import io.waymark.customer.intake.IntakeKind;

/**
 * What somebody wants to bring in.
 *
 * @param kind customers, tags or events
 * @param source system the rows come from; part of an event's identity
 * @param historical events only: they are stored and reach no journey
 * @param declareTags customers and tags only: tags nobody declared are declared, not refused
 */
public record ImportRequest(
    IntakeKind kind,
    ImportFormat format,
    String source,
    boolean historical,
    boolean declareTags,
    String fileName) {}
