package io.waymark.channel;

import io.waymark.platform.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The SMS provider.
 *
 * @param url address of its messages resource; unset = no provider
 * @param key access key, sent with each request
 * @param secret signs requests
 * @param receiptSecret signs receipts; the same as {@code secret} when unset
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.sms")
public record SmsSettings(
    @Nullable URI url,
    @DefaultValue("") String key,
    @Nullable Secret secret,
    @Nullable Secret receiptSecret,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * Empty when no provider is configured.
   *
   * @throws IllegalStateException when it is configured by half
   */
  Optional<ProviderEndpoint> endpoint() {
    if (url == null) {
      return Optional.empty();
    }
    if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
      throw new IllegalStateException(
          "waymark.channel.sms.url 须写成完整地址，例如 https://sms.example.com/v1/messages");
    }
    if (secret == null) {
      throw new IllegalStateException(
          "已设置 waymark.channel.sms.url，但缺少 waymark.channel.sms.secret，请一并配置");
    }
    Secret receipts = receiptSecret == null ? secret : receiptSecret;
    return Optional.of(new ProviderEndpoint(Channel.SMS, url, key, secret, receipts));
  }
}
