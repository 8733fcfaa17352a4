package io.waymark.channel.push;

import io.waymark.channel.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 极光推送.
 *
 * @param appKey unset = no provider
 * @param masterSecret password of the API
 * @param endpoint of the push API
 * @param reports of the report API
 * @param keepFor how long 极光 tries to reach a device that is off
 * @param production whether iOS devices are reached in Apple's production environment
 * @param lookEvery how often it is asked what became of messages
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 */
@ConfigurationProperties("waymark.channel.jpush")
public record JpushSettings(
    @DefaultValue("") String appKey,
    @Nullable Secret masterSecret,
    @DefaultValue("https://api.jpush.cn") URI endpoint,
    @DefaultValue("https://report.jpush.cn") URI reports,
    @DefaultValue("1d") Duration keepFor,
    @DefaultValue("true") boolean production,
    @DefaultValue("2m") Duration lookEvery,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public JpushSettings {
    if (!appKey.isEmpty() && masterSecret == null) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.jpush.app-key，但缺少 master-secret，请一并配置");
    }
  }
}
