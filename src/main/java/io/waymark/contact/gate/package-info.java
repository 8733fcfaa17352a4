/**
 * The gates, one class each, and their order. Nothing here reads a table or remembers anything.
 * Facts come in with the question, an answer goes out.
 */
@NullMarked
package io.waymark.contact.gate;

import org.jspecify.annotations.NullMarked;
