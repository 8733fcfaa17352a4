/**
 * Text messages over the carriers' protocol SMPP 3.4: one kept connection, long messages, delivery
 * reports. No other channel and no rule may live here. Messages go out over the connection; reports
 * and replies come back over the same one and leave through {@link io.waymark.channel.Inbound}.
 */
@NullMarked
package io.waymark.channel.smpp;

import org.jspecify.annotations.NullMarked;
