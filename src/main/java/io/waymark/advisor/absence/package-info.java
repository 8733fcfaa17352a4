/**
 * The absence calendar of advisors: entering, approving and withdrawing days and half days. No
 * routing lives here. Routing reads the table in its own conditions; a changed absence is announced
 * upwards by the same event as a changed advisor.
 */
@NullMarked
package io.waymark.advisor.absence;

import org.jspecify.annotations.NullMarked;
