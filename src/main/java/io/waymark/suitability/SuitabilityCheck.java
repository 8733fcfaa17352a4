package io.waymark.suitability;

/** One thing that may stand against promoting a product. */
@FunctionalInterface
interface SuitabilityCheck {

  Look look(SuitabilityQuestion question, SuitabilityPolicy policy);
}
