/**
 * Traces of what was done for a customer, from the event to the receipt. Nothing here knows what is
 * traced, and nobody's name or number may be told to it. Contexts come from rows and go back into
 * rows; spans go to the collector when what they tell of has committed.
 */
@NullMarked
package io.waymark.platform.trace;

import org.jspecify.annotations.NullMarked;
