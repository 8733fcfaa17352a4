/**
 * What another engine would not understand, one class for each rule. Not here: anything that is
 * wrong here. A subject goes in, marks on its elements come out.
 */
@NullMarked
package io.waymark.engine.check.portability;

import org.jspecify.annotations.NullMarked;
