package io.waymark.channel.wechat;

import io.waymark.channel.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 企业微信 messages to customers (客户联系 / 企业群发).
 *
 * @param corpId unset = no provider
 * @param secret of 客户联系; fetches access tokens
 * @param endpoint of the API
 * @param sender user id of the colleague who sends; empty = the colleague who knows the customer
 * @param callbackToken as set for the callback address in the console
 * @param callbackKey EncodingAESKey
 * @param lookEvery how often it is asked what became of messages
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.wecom")
public record WecomSettings(
    @DefaultValue("") String corpId,
    @Nullable Secret secret,
    @DefaultValue("https://qyapi.weixin.qq.com") URI endpoint,
    @DefaultValue("") String sender,
    @Nullable Secret callbackToken,
    @Nullable Secret callbackKey,
    @DefaultValue("5m") Duration lookEvery,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public WecomSettings {
    if (!corpId.isEmpty() && secret == null) {
      throw new IllegalArgumentException("已设置 waymark.channel.wecom.corp-id，但缺少 secret，请一并配置");
    }
    if ((callbackToken == null) != (callbackKey == null)) {
      throw new IllegalArgumentException(
          "waymark.channel.wecom.callback-token 与 callback-key 须一并配置");
    }
  }
}
