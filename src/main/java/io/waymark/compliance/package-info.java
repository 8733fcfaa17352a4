/**
 * Rule packs and the scanner of texts. Only data decides what is a violation; code executes it.
 * Content is read from below, verdicts go up to the gate.
 */
@NullMarked
package io.waymark.compliance;

import org.jspecify.annotations.NullMarked;
