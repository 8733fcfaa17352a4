/**
 * Sees to it that nobody stands in a journey without anything that will move him. No journey is
 * drawn or changed here. Facts are read in bulk from the engine's tables and ours, findings go to
 * the alerts that operators work off.
 */
@NullMarked
package io.waymark.engine.watch;

import org.jspecify.annotations.NullMarked;
