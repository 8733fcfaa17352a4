/**
 * 微信公众号 template messages and 企业微信 customer messages, by Tencent's published contracts, with the
 * access tokens all nodes share. No other channel and no rule may live here. Messages go out over
 * HTTPS; what became of them and what customers write comes in by encrypted callbacks.
 */
@NullMarked
package io.waymark.channel.wechat;

import org.jspecify.annotations.NullMarked;
