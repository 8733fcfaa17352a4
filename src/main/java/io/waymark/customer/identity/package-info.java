/**
 * Which records are of one person, by approved rules and by people. Nothing here decides what may
 * be sent, and no fact of a record moves: the readers of the floor read over all records of a
 * person. Stated identities come in as links, links become merges or cases, and merges and their
 * undoing go up as events inside their transaction.
 */
@NullMarked
package io.waymark.customer.identity;

import org.jspecify.annotations.NullMarked;
