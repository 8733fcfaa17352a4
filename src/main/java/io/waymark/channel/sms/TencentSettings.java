package io.waymark.channel.sms;

import io.waymark.channel.Secret;
import io.waymark.channel.vendor.RegisteredTemplates;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 腾讯云短信.
 *
 * @param secretId unset = no provider
 * @param secretKey signs requests
 * @param endpoint of the API
 * @param region of the API
 * @param sdkAppId the application's number in the SMS console
 * @param signName the registered signature, without 【】
 * @param templates registered texts, places written {@code {1}}, {@code {2}} …
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.tencent")
public record TencentSettings(
    @DefaultValue("") String secretId,
    @Nullable Secret secretKey,
    @DefaultValue("https://sms.tencentcloudapi.com") URI endpoint,
    @DefaultValue("ap-guangzhou") String region,
    @DefaultValue("") String sdkAppId,
    @DefaultValue("") String signName,
    @DefaultValue List<RegisteredTemplates.Entry> templates,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public TencentSettings {
    templates = List.copyOf(templates);
    if (!secretId.isEmpty()
        && (secretKey == null || sdkAppId.isBlank() || signName.isBlank() || templates.isEmpty())) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.tencent.secret-id，但缺少 secret-key、sdk-app-id、sign-name 或 templates，请一并配置");
    }
  }
}
