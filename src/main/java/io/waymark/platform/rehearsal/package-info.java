/**
 * A stage on which the product's own code plays with time and with facts that are nobody's: a
 * database session whose written tables are its own temporary ones, and a clock of its own, both
 * bound to the playing thread. Nothing here knows journeys or messages; who opens a stage says
 * which tables it writes. Facts flow from the live tables onto the stage, once, and nothing flows
 * back: PostgreSQL itself refuses it.
 */
@NullMarked
package io.waymark.platform.rehearsal;

import org.jspecify.annotations.NullMarked;
