/**
 * Behaviour against the assessed level: what customers do is compared with what they said. It only
 * ever tightens and asks for a new assessment; it never raises and never touches what is stored.
 * Events come in from below, a new event goes back for journeys to start on.
 */
@NullMarked
package io.waymark.suitability.behaviour;

import org.jspecify.annotations.NullMarked;
