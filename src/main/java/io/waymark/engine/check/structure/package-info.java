/**
 * Whether customers can walk a drawing to an end, one class for each rule. Not here: whether what
 * they meet on the way is lawful or wise. A subject goes in, marks on its elements come out.
 */
@NullMarked
package io.waymark.engine.check.structure;

import org.jspecify.annotations.NullMarked;
