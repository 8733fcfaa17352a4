package io.waymark.customer.identity;

/** A merge was taken back; announced inside the transaction, with the locks of all records held. */
public record MergeUndone(long mergeId, long survivorId, long absorbedId, String actor) {}
