package io.waymark.contact.link;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Our own addresses in messages.
 *
 * @param baseUrl public address of this application as customers reach it, e.g. {@code
 *     https://l.broker.example}; unset = no link is exchanged and no unsubscribe address given
 * @param allowedHosts hosts a link of a message may lead to, e.g. {@code www.broker.example}; a
 *     link to another host stays as it was written
 * @param validity how long the addresses work; also how long it can be known who followed one
 */
@ConfigurationProperties("waymark.links")
public record LinkSettings(
    @Nullable URI baseUrl,
    @DefaultValue List<String> allowedHosts,
    @DefaultValue("400d") Duration validity) {

  /**
   * @throws IllegalArgumentException when the base is no address or the time is none
   */
  public LinkSettings {
    allowedHosts = List.copyOf(allowedHosts);
    if (baseUrl != null
        && (baseUrl.getHost() == null
            || baseUrl.getQuery() != null
            || !String.valueOf(baseUrl.getScheme()).matches("https?"))) {
      throw new IllegalArgumentException(
          "waymark.links.base-url 须写成客户能访问的完整地址，例如 https://l.example.com");
    }
    if (validity.isNegative() || validity.isZero()) {
      throw new IllegalArgumentException("waymark.links.validity 须大于零，例如 400d");
    }
  }

  boolean allows(@Nullable String host) {
    return host != null && hosts().contains(host.toLowerCase(Locale.ROOT));
  }

  private Set<String> hosts() {
    return allowedHosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** The address of a page of ours. */
  String address(String door, String token) {
    String base = String.valueOf(baseUrl);
    return (base.endsWith("/") ? base : base + "/") + door + "/" + token;
  }
}
