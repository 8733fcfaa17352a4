package io.waymark.suitability;

import java.util.Optional;

/** One thing that may stand against promoting a product. */
@FunctionalInterface
interface SuitabilityCheck {

  Optional<Objection> objection(SuitabilityQuestion question);
}
