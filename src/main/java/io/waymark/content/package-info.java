/**
 * Message templates, their versions and their rendering. Whether a text may be sent is decided
 * above. Templates are untrusted code and see only the values they are given.
 */
@NullMarked
package io.waymark.content;

import org.jspecify.annotations.NullMarked;
