package io.waymark.customer;

/**
 * An assessment as an outside system reports it.
 *
 * @param customer ref or {@code type:value} identity
 */
public record AssessmentRow(String customer, RiskAssessment assessment) {}
