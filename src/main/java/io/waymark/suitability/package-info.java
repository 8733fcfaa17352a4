/**
 * Which product may be promoted to whom: a pure function of facts and policy. No database of its
 * own customers, no message. The gate above asks and stores the verdict.
 */
@NullMarked
package io.waymark.suitability;

import org.jspecify.annotations.NullMarked;
