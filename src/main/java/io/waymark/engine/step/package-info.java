/**
 * The steps a marketer can draw: thin delegates that read a step's settings and call the package
 * that owns the rule. No SQL and no rule lives here. A step may be rolled back and run again.
 */
@NullMarked
package io.waymark.engine.step;

import org.jspecify.annotations.NullMarked;
