/**
 * Activity that is falling: logins, trades and assets of late against the time before (requirement
 * D15), by a policy people approve. No audience is kept and no message is known here. Events and
 * tags come in, scores go out as tags and as events of the customer.
 */
@NullMarked
package io.waymark.segment.decay;

import org.jspecify.annotations.NullMarked;
