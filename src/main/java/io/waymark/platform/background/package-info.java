/**
 * The switch of all work nobody asked for at that moment. No work itself lives here. Schedulers
 * above read it, so that a test or a maintenance node stays quiet as a whole.
 */
@NullMarked
package io.waymark.platform.background;

import org.jspecify.annotations.NullMarked;
