package io.waymark.customer.identity;

/** Who goes on and who becomes another name of that record. */
record MergePair(long survivorId, long absorbedId, String branch) {}
