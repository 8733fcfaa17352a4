package io.waymark.customer;

/** One tag of one customer; a value that reads as a decimal number is also kept as one. */
public record TagValue(long customerId, String tag, String value) {}
