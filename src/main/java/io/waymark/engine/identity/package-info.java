/**
 * Waymark's own staff as the engine sees them, and the way into Cockpit, Tasklist and REST. The
 * engine stores no user and no password. Sign-in happens on the console's floor.
 */
@NullMarked
package io.waymark.engine.identity;

import org.jspecify.annotations.NullMarked;
