/**
 * What a rehearsal is to the business: whom a journey is tried on, what happens meanwhile, what
 * came of it, and the rehearsals kept as tests of a journey. How a journey is played is the
 * engine's matter and reaches us through one interface we own. Scripts go down to the engine,
 * scenes and figures come back, and no fact of a rehearsal is a fact of a customer.
 */
@NullMarked
package io.waymark.journey.rehearsal;

import org.jspecify.annotations.NullMarked;
