package io.waymark.customer;

import org.jspecify.annotations.Nullable;

/**
 * What a list of customers is narrowed by; null means "any".
 *
 * @param text start of a ref, or one whole identity ({@code mobile:13812341234}, or the bare mobile
 *     number or e-mail address); names are sealed and cannot be searched
 * @param tag name of a tag the customer must carry
 * @param tagValue value that tag must have, null for any value
 */
public record CustomerFilter(
    @Nullable String text,
    @Nullable String branch,
    @Nullable String advisor,
    @Nullable CustomerClass customerClass,
    @Nullable LegalStatus legalStatus,
    @Nullable String tag,
    @Nullable String tagValue) {

  /** Every customer. */
  public static CustomerFilter everybody() {
    return new CustomerFilter(null, null, null, null, null, null, null);
  }
}
