/**
 * Whether a drawing may go before customers, by law and house rules, one class for each rule. Not
 * here: a decision about one customer, which the gate takes. A subject goes in, marks on its
 * elements come out.
 */
@NullMarked
package io.waymark.engine.check.compliance;

import org.jspecify.annotations.NullMarked;
