/**
 * The rules a drawing is held to, one class each, over one reading of the files. Nothing is run and
 * nothing is written here, and no rule asks the database itself: what it must know comes in as
 * facts. Files go in, findings come out.
 */
@NullMarked
package io.waymark.engine.check;

import org.jspecify.annotations.NullMarked;
