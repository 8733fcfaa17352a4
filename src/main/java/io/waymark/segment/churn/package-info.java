/**
 * How likely a customer is to stay away (requirement D14): a logistic regression trained on the
 * house's own history, shown with its figures, used once a second person approved it. No audience
 * is kept and no message is known here. Events come in, scores go out as a tag.
 */
@NullMarked
package io.waymark.segment.churn;

import org.jspecify.annotations.NullMarked;
