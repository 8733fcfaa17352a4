/**
 * Where a customer stands on the way from the first contact to recommending the house (3A3R,
 * requirement D13): a stage machine by a policy people approve. No audience is kept and no message
 * is known here. Facts come in by the feed of models, stages go out as a tag and as events of the
 * customer.
 */
@NullMarked
package io.waymark.segment.lifecycle;

import org.jspecify.annotations.NullMarked;
