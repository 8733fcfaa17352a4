/**
 * How the embedded engine is set up: its tables, settings and history level. No journey is run from
 * here. Everything else in engine finds the engine as built here.
 */
@NullMarked
package io.waymark.engine.setup;

import org.jspecify.annotations.NullMarked;
