package io.waymark.segment.churn;

/**
 * What one feature adds to a customer's score.
 *
 * @param value what it is for this customer, before any logarithm: days, times, yuan
 * @param usual the same for an average customer
 * @param effect on the logarithm of odds against an average customer; above 0 makes churn likelier
 */
public record Contribution(ChurnFeature feature, double value, double usual, double effect) {}
