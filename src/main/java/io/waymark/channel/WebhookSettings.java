package io.waymark.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhooks to systems of the broker.
 *
 * @param secret signs requests; unset = no provider
 * @param receiptSecret signs receipts; the same as {@code secret} when unset
 * @param defaultTarget where a message goes when nothing else is said; must be allowed like any
 *     target
 * @param allowedTargets targets by scheme, host, port and path prefix, e.g. {@code
 *     https://crm.broker.example/hooks}; an address like {@code http://10.1.2.3:8080} allows itself
 * @param allowedNetworks networks in which an allowed name may resolve to an address that is not
 *     public, e.g. {@code 10.0.0.0/8}
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for an answer
 */
@ConfigurationProperties("waymark.channel.webhook")
public record WebhookSettings(
    @Nullable Secret secret,
    @Nullable Secret receiptSecret,
    @Nullable URI defaultTarget,
    @DefaultValue List<URI> allowedTargets,
    @DefaultValue List<String> allowedNetworks,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout) {

  /**
   * @throws IllegalArgumentException when an allowed target has no scheme or host
   */
  public WebhookSettings {
    allowedTargets = List.copyOf(allowedTargets);
    allowedNetworks = List.copyOf(allowedNetworks);
    for (URI target : allowedTargets) {
      if (target.getScheme() == null || target.getHost() == null) {
        throw new IllegalArgumentException(
            "waymark.channel.webhook.allowed-targets 须写成完整地址，例如 https://crm.example.com/hooks："
                + target);
      }
    }
  }
}
