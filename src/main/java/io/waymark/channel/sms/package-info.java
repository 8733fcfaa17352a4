/**
 * Text messages through the two largest clouds, 阿里云 and 腾讯云, each by its published HTTP contract.
 * No other channel and no rule may live here. Messages go out over HTTPS, answers come back;
 * reports and replies come in through {@link io.waymark.channel.CallbackReader}s.
 */
@NullMarked
package io.waymark.channel.sms;

import org.jspecify.annotations.NullMarked;
