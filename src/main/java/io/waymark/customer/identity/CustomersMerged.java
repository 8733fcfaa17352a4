package io.waymark.customer.identity;

/**
 * Two persons were found to be one; announced inside the transaction, with the locks of all their
 * records held. From now on everything is about the survivor.
 *
 * @param mergeId the merge, for what must be given back when it is undone
 * @param absorbedId the record that survived before, if others had been merged into it
 */
public record CustomersMerged(long mergeId, long survivorId, long absorbedId, String actor) {}
