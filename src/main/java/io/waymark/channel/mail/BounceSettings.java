package io.waymark.channel.mail;

import io.waymark.channel.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox bounces come to ({@code waymark.channel.smtp.return-path}). It belongs to Waymark
 * alone: what was read is removed.
 *
 * @param host POP3 server; unset = no mailbox is looked into
 * @param username of the mailbox
 * @param password of the mailbox
 * @param ssl TLS from the first byte
 * @param lookEvery pause between looks
 * @param timeout longest wait for the server
 */
@ConfigurationProperties("waymark.channel.bounces")
public record BounceSettings(
    @DefaultValue("") String host,
    @DefaultValue("995") int port,
    @DefaultValue("") String username,
    @Nullable Secret password,
    @DefaultValue("true") boolean ssl,
    @DefaultValue("1m") Duration lookEvery,
    @DefaultValue("20s") Duration timeout) {

  /**
   * @throws IllegalArgumentException when it is configured by half
   */
  public BounceSettings {
    if (!host.isEmpty() && (username.isBlank() || password == null)) {
      throw new IllegalArgumentException(
          "已设置 waymark.channel.bounces.host，但缺少 username 或 password，请一并配置");
    }
  }
}
