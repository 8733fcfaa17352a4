package io.waymark.console;

/**
 * One choice of a filter.
 *
 * @param code value in the address
 * @param title word people read
 */
public record Option(String code, String title) {}
