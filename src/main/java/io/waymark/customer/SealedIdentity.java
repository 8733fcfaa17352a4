package io.waymark.customer;

/** An identity ready to be written. */
record SealedIdentity(long customerId, Identity identity, byte[] sealed) {

  String type() {
    return identity.type().code();
  }
}
