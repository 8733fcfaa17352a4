/**
 * The exchange calendar and the clock. A day whose calendar is not published is never guessed.
 * Timers, gates and schedules ask here; nothing here knows who asks.
 */
@NullMarked
package io.waymark.platform.calendar;

import org.jspecify.annotations.NullMarked;
