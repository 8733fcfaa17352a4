/**
 * What a customer is worth to the house, computed every night: RFM and tiers, by a policy people
 * approve. No audience is kept and no message is known here. Events and tags come in, scores go out
 * as tags through {@link io.waymark.customer.tag.TagWriter}.
 */
@NullMarked
package io.waymark.segment.value;

import org.jspecify.annotations.NullMarked;
