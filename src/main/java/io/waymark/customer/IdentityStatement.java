package io.waymark.customer;

/**
 * Somebody says that a customer has an identity; what the customer had before stays.
 *
 * @param position 1-based, in the batch; several statements may stand in one row
 * @param customer ref or {@code type:value} identity
 * @param type code of the identity type
 * @param value in clear
 */
public record IdentityStatement(int position, String customer, String type, String value) {

  @Override
  public String toString() {
    return "IdentityStatement[" + position + ", " + type + "]";
  }
}
