/**
 * The words every floor shares: channel, purpose, batch report. No rule of the business lives here
 * and nothing here imports another Waymark package. Everything above reads it, nothing flows back.
 */
@NullMarked
package io.waymark.platform;

import org.jspecify.annotations.NullMarked;
