package io.waymark.contact;

/**
 * The gate held the message back. Asking again for the same participation, node and visit gives the
 * same answer.
 *
 * @param verdict the first gate that failed and why
 */
public record NotSent(Withheld verdict) implements SendResult {}
