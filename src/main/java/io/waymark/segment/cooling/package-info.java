/**
 * Who is in a cooling-off period because of chasing prices or switching too often, from the events
 * as they arrive and every night. No message and no gate is known here. Events come in; beginnings
 * and ends go up as {@link io.waymark.segment.cooling.CoolingOffChanged}.
 */
@NullMarked
package io.waymark.segment.cooling;

import org.jspecify.annotations.NullMarked;
