package io.waymark.platform.staff;

/**
 * A branch of the broker (营业部).
 *
 * @param code stable short code, e.g. {@code SH01}
 */
public record Branch(String code, String name) {}
