/**
 * Working copies of journeys: what a marketer is drawing, its revisions and the talk about it. No
 * customer, no approval and no engine is known here; a drawing becomes a journey only when it is
 * handed in as a draft. Files flow in from the editor and out to whoever deploys them.
 */
@NullMarked
package io.waymark.journey.drawing;

import org.jspecify.annotations.NullMarked;
