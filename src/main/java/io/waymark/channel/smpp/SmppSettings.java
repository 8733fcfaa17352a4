package io.waymark.channel.smpp;

import io.waymark.channel.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A carrier's SMPP gateway.
 *
 * @param host unset = no provider
 * @param systemId the account
 * @param password of the account; the protocol allows eight characters
 * @param systemType as the carrier says, often empty
 * @param source number messages come from (接入号)
 * @param longMessages how a long message is split: {@code udh} (header in the text) or {@code sar}
 *     (optional parameters)
 * @param window how many submissions may be unanswered at once
 * @param enquireLink how often the connection is tried when nothing else is said
 * @param connectTimeout longest wait for the connection and the bind
 * @param readTimeout longest wait for an answer, after which the message counts as unknown
 * @param tls whether the connection is encrypted
 */
@ConfigurationProperties("waymark.channel.smpp")
public record SmppSettings(
    @DefaultValue("") String host,
    @DefaultValue("2775") int port,
    @DefaultValue("") String systemId,
    @Nullable Secret password,
    @DefaultValue("") String systemType,
    @DefaultValue("") String source,
    @DefaultValue("udh") String longMessages,
    @DefaultValue("10") int window,
    @DefaultValue("30s") Duration enquireLink,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout,
    @DefaultValue("false") boolean tls) {

  /**
   * @throws IllegalArgumentException when it is configured by half or wrongly
   */
  public SmppSettings {
    if (!host.isEmpty() && (systemId.isBlank() || password == null || source.isBlank())) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.smpp.host，但缺少 system-id、password 或 source，请一并配置");
    }
    if (!longMessages.equals("udh") && !longMessages.equals("sar")) {
      throw new IllegalArgumentException("waymark.channel.smpp.long-messages 只能是 udh 或 sar");
    }
    if (window < 1) {
      throw new IllegalArgumentException("waymark.channel.smpp.window 至少为 1");
    }
  }
}
