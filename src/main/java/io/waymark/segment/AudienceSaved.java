package io.waymark.segment;

/**
 * Application event, published inside the saving transaction: an audience was made or changed.
 *
 * @param code which; the rules that refer to it have changed as well
 */
public record AudienceSaved(String code) {}
