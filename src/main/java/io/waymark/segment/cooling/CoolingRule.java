package io.waymark.segment.cooling;

/**
 * What begins a cooling-off period.
 *
 * @param rule in the language of audiences; only event conditions make sense, because events are
 *     when it is asked
 * @param days how long the period lasts
 */
public record CoolingRule(String code, String name, String rule, int days) {}
