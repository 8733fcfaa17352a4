package io.waymark.suitability;

/** Whether a product may be promoted to a customer. */
public sealed interface SuitabilityVerdict permits Suitable, Unsuitable {}
