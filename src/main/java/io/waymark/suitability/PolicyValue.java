package io.waymark.suitability;

/**
 * One value of a policy and where it comes from, so that a compliance officer can question it.
 *
 * @param basis law article, market practice or house rule, with its mark of verification
 */
public record PolicyValue<T>(T value, String basis) {}
