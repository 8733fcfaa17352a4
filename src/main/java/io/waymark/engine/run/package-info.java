/**
 * Starting, waking and recording journeys on the engine. No rule of the business lives here. Wishes
 * and events come from journey and customer, facts go back to them.
 */
@NullMarked
package io.waymark.engine.run;

import org.jspecify.annotations.NullMarked;
