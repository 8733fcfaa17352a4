package io.waymark.customer;

/** What is known of a consent; nobody is asked to guess between silence and refusal. */
public enum ConsentState {
  GRANTED,
  REFUSED,
  UNKNOWN
}
