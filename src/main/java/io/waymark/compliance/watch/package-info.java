/**
 * What rules do to content that exists already: the re-scan when rules come into force, its pauses,
 * evasions that were found, and the trial of a draft pack. No scanning lives here, and no decision
 * about new content. Versions and sent texts are read from below or through small interfaces of
 * this room; pauses are read by the gate above.
 */
@NullMarked
package io.waymark.compliance.watch;

import org.jspecify.annotations.NullMarked;
