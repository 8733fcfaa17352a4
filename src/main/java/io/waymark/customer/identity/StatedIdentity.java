package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;

/** Somebody says that this customer has this identity. */
public record StatedIdentity(long customerId, IdentityType type, byte[] hash) {

  @Override
  public String toString() {
    return "StatedIdentity[" + customerId + ", " + type.code() + "]";
  }
}
