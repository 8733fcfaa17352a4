package io.waymark.engine.check.rule;

import java.time.Instant;
import java.util.Map;

/**
 * What the rules look at.
 *
 * @param tables decision tables that come with the drawing, by the id of the decision
 * @param forms forms that come with it, by their id
 * @param facts what the house knows about everything the drawing names
 * @param now when it is checked
 */
public record Subject(
    Drawing drawing,
    Map<String, Table> tables,
    Map<String, Form> forms,
    Facts facts,
    Instant now) {}
