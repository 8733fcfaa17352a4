/**
 * The addresses of our own in messages: links that are followed, pictures that are seen, the way to
 * unsubscribe. No message is decided on here and no text is written; a frozen text only gets its
 * targets exchanged. Messages come in at their departure and leave dressed; visits come in by the
 * console and become receipts and refusals.
 */
@NullMarked
package io.waymark.contact.link;

import org.jspecify.annotations.NullMarked;
