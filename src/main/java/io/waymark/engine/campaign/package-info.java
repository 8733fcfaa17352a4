/**
 * Campaigns as journeys: makes the drawing of one, hands it in, and lets customers through day by
 * day. No rule of who may call whom lives here: the gate and the routing decide. Orders come down
 * from the console; what was drawn goes to the same review as every journey.
 */
@NullMarked
package io.waymark.engine.campaign;

import org.jspecify.annotations.NullMarked;
