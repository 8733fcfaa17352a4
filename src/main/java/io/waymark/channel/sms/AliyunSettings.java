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
 * 阿里云短信服务.
 *
 * @param accessKeyId unset = no provider
 * @param accessKeySecret signs requests
 * @param endpoint of the API
 * @param signName the registered signature, without 【】
 * @param templates registered texts
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.aliyun")
public record AliyunSettings(
    @DefaultValue("") String accessKeyId,
    @Nullable Secret accessKeySecret,
    @DefaultValue("https://dysmsapi.aliyuncs.com") URI endpoint,
    @DefaultValue("") String signName,
    @DefaultValue List<RegisteredTemplates.Entry> templates,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public AliyunSettings {
    templates = List.copyOf(templates);
    if (!accessKeyId.isEmpty()
        && (accessKeySecret == null || signName.isBlank() || templates.isEmpty())) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.aliyun.access-key-id，但缺少 access-key-secret、sign-name 或 templates，请一并配置");
    }
  }
}
