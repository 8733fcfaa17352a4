/**
 * Changing a journey while customers are inside: plans from one version to another, their approval,
 * the waves in which customers go, and who is still on an old version. How a customer is moved is
 * known to the engine's floor only, through an interface owned here. Orders go up to it, results
 * come back.
 */
@NullMarked
package io.waymark.journey.migration;

import org.jspecify.annotations.NullMarked;
