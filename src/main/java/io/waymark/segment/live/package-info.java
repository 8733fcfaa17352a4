/**
 * Membership that is kept: followed by a feed of changes and by the clock, drawn on schedule,
 * frozen for a run. What rules mean is not decided here. Changed facts come in as rows the database
 * writes itself; who entered and left goes out as customer events.
 */
@NullMarked
package io.waymark.segment.live;

import org.jspecify.annotations.NullMarked;
