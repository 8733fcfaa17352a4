package io.waymark.customer;

/** A customer as the table had it before an import. */
record StoredCustomer(long id, String ref, String branch, byte[] sealedName) {}
