package io.waymark.platform.crypto;

/**
 * A customer's key was destroyed; announced inside the transaction that does it.
 *
 * @param branch the customer's branch
 * @param actor who decided it
 */
public record CustomerErased(long customerId, String branch, String actor) {}
