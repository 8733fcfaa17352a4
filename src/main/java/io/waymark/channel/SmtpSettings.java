package io.waymark.channel;

import io.waymark.platform.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server.
 *
 * @param host unset = no provider
 * @param username empty = no login
 * @param password of the login; required with a username
 * @param ssl TLS from the first byte (port 465)
 * @param startTls TLS by STARTTLS, required, not only tried; ignored with {@code ssl}
 * @param from sender address, required with a host
 * @param fromName sender name as people see it
 * @param returnPath address bounces go to, e.g. {@code bounce@broker.example}; its server must take
 *     {@code bounce+…@} for it; empty = bounces go to the sender
 * @param receiptSecret signs delivery reports of the mail service; unset = it sends none
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for each answer of the server
 */
@ConfigurationProperties("waymark.channel.smtp")
public record SmtpSettings(
    @Nullable String host,
    @DefaultValue("587") int port,
    @DefaultValue("") String username,
    @Nullable Secret password,
    @DefaultValue("false") boolean ssl,
    @DefaultValue("true") boolean startTls,
    @DefaultValue("") String from,
    @DefaultValue("") String fromName,
    @DefaultValue("") String returnPath,
    @Nullable Secret receiptSecret,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("20s") Duration readTimeout) {

  /**
   * Empty when no server is configured.
   *
   * @throws IllegalStateException when it is configured by half
   */
  Optional<ProviderEndpoint> endpoint() {
    if (host == null || host.isBlank()) {
      return Optional.empty();
    }
    if (from.isBlank()) {
      throw new IllegalStateException(
          "已设置 waymark.channel.smtp.host，但缺少 waymark.channel.smtp.from（发件人地址），请一并配置");
    }
    if (!returnPath.isEmpty() && returnPath.indexOf('@') < 1) {
      throw new IllegalStateException("waymark.channel.smtp.return-path 须是完整的邮箱地址");
    }
    if (!username.isEmpty() && password == null) {
      throw new IllegalStateException(
          "已设置 waymark.channel.smtp.username，但缺少 waymark.channel.smtp.password，请一并配置");
    }
    URI uri = URI.create((ssl ? "smtps" : "smtp") + "://" + host + ":" + port);
    Secret unused = new Secret("no-login");
    return Optional.of(
        new ProviderEndpoint(
            Channel.EMAIL, uri, username, password == null ? unused : password, receiptSecret));
  }

  /** For a simulated server: without TLS, with a sender in a domain that can never exist. */
  SmtpSettings forSimulator() {
    return new SmtpSettings(
        host,
        port,
        username,
        password,
        false,
        false,
        from.isBlank() ? "service@broker.invalid" : from,
        fromName,
        returnPath,
        receiptSecret,
        connectTimeout,
        readTimeout);
  }
}
