/**
 * The switch of all work nobody asked for at that moment. Beside it the loop that such work runs
 * in; no work itself lives here. Schedulers and loops above read the switch, so that a test or a
 * maintenance node stays quiet as a whole.
 */
@NullMarked
package io.waymark.platform.background;

import org.jspecify.annotations.NullMarked;
