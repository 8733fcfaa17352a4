package io.waymark.customer.identity;

/**
 * Two records were found to be one person; announced inside the transaction, with the locks of both
 * customers held. From now on everything is about the survivor.
 */
public record CustomersMerged(long survivorId, long absorbedId, String actor) {}
