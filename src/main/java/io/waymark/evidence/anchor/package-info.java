/**
 * Signed statements about the evidence chain, and proofs that one link is under such a statement.
 * Nothing of an evidence row is known here but its hash. Seals are read, anchors are written, packs
 * read both.
 */
@NullMarked
package io.waymark.evidence.anchor;

import org.jspecify.annotations.NullMarked;
