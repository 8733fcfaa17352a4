/**
 * What can be said against a drawing: one shape for every finding, whoever found it. No rule and no
 * engine lives here, and nobody learns from here how a drawing is read. The editor, the review and
 * the publication ask; the engine's floor answers.
 */
@NullMarked
package io.waymark.journey.check;

import org.jspecify.annotations.NullMarked;
