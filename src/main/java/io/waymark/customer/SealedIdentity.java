package io.waymark.customer;

import io.waymark.customer.identity.StatedIdentity;

/**
 * An identity ready to be written.
 *
 * @param position 1 is the one messages go to
 */
record SealedIdentity(long customerId, Identity identity, byte[] sealed, int position) {

  String type() {
    return identity.type().code();
  }

  StatedIdentity stated() {
    return new StatedIdentity(customerId, identity.type(), identity.hash());
  }
}
