/**
 * Measurements. What lives here runs with {@code mvn -Pbench verify}, prints ratios against a
 * baseline taken in the same run, and never fails on a timing. Nothing of the product uses it.
 */
@NullMarked
package io.waymark.bench;

import org.jspecify.annotations.NullMarked;
