/**
 * What a drawing may contain and what its expressions may reach. Nothing is run here. Deployments
 * come in by any door and leave checked or refused, element by element.
 */
@NullMarked
package io.waymark.engine.sandbox;

import org.jspecify.annotations.NullMarked;
