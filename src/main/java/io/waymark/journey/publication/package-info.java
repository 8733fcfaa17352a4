/**
 * When an approved version runs, for how many, and when it must stop: going live, ramp-up, pauses,
 * automatic stops. What a journey is and who may approve it is not decided here, and the engine is
 * known only through interfaces of the package above. Acts go down to evidence, releases to the
 * enrolments.
 */
@NullMarked
package io.waymark.journey.publication;

import org.jspecify.annotations.NullMarked;
