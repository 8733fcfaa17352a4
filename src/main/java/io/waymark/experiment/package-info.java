/**
 * Sticky assignment of customers to variants. Statistics read it, journeys ask it. The same
 * customer always gets the same answer.
 */
@NullMarked
package io.waymark.experiment;

import org.jspecify.annotations.NullMarked;
