/**
 * App push through 极光 (JPush), by its published REST API. No other channel and no rule may live
 * here. Messages go out over HTTPS; what became of them is asked for and leaves through {@link
 * io.waymark.channel.Inbound}.
 */
@NullMarked
package io.waymark.channel.push;

import org.jspecify.annotations.NullMarked;
