/**
 * How fast a channel may go: limits of a provider, its breaker, the share of this node. No message
 * and no customer is known here, and nothing is sent. The dispatcher asks before it takes rows and
 * tells what each call came to.
 */
@NullMarked
package io.waymark.contact.lane;

import org.jspecify.annotations.NullMarked;
