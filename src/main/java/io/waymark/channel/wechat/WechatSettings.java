package io.waymark.channel.wechat;

import io.waymark.channel.Secret;
import io.waymark.channel.vendor.RegisteredTemplates;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A 微信公众号 (服务号).
 *
 * @param appId unset = no provider
 * @param appSecret fetches access tokens
 * @param endpoint of the API
 * @param callbackToken as set for the server's address in the console (令牌)
 * @param callbackKey EncodingAESKey; callbacks are taken encrypted only
 * @param templates texts of the account's templates, places written <code>{{thing1.DATA}}</code>
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.wechat")
public record WechatSettings(
    @DefaultValue("") String appId,
    @Nullable Secret appSecret,
    @DefaultValue("https://api.weixin.qq.com") URI endpoint,
    @Nullable Secret callbackToken,
    @Nullable Secret callbackKey,
    @DefaultValue List<RegisteredTemplates.Entry> templates,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public WechatSettings {
    templates = List.copyOf(templates);
    if (!appId.isEmpty() && (appSecret == null || templates.isEmpty())) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.wechat.app-id，但缺少 app-secret 或 templates，请一并配置");
    }
    if ((callbackToken == null) != (callbackKey == null)) {
      throw new IllegalArgumentException(
          "waymark.channel.wechat.callback-token 与 callback-key 须一并配置");
    }
  }
}
