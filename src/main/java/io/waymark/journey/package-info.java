/**
 * What a journey is to the business: definitions and their approval, entry, enrolment,
 * participation and facts per node. The engine is known only through interfaces owned here. Facts
 * go up to insight.
 */
@NullMarked
package io.waymark.journey;

import org.jspecify.annotations.NullMarked;
