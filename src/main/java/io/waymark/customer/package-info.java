/**
 * Who the customer is, what happened, what was consented to. Nothing here decides whether somebody
 * may be contacted. Facts go up as bulk reads and as queued events.
 */
@NullMarked
package io.waymark.customer;

import org.jspecify.annotations.NullMarked;
