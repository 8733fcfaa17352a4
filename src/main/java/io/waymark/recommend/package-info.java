/**
 * Which product for whom, always filtered by suitability. No message is sent from here. Journeys
 * ask and store only the product code.
 */
@NullMarked
package io.waymark.recommend;

import org.jspecify.annotations.NullMarked;
