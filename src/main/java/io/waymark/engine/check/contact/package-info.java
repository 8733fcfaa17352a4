/**
 * Whether customers are contacted as one would wish to be, one class for each rule. Not here: a
 * limit of the gate, which holds whatever is drawn. A subject goes in, marks on its elements come
 * out.
 */
@NullMarked
package io.waymark.engine.check.contact;

import org.jspecify.annotations.NullMarked;
