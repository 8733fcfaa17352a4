package io.waymark.contact.lane;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How delivery keeps to what providers stand.
 *
 * @param providers limits by name of the provider, or by code of the channel for whatever provider
 *     it has; one that is not named has the defaults
 * @param ageing how long a message of priority 0 waits until it goes before a new one of priority
 *     1; so 100 points are worth a hundred times this, and nobody waits for ever
 * @param drain how long a stop waits for calls that run
 */
@ConfigurationProperties("waymark.dispatch")
public record LaneSettings(
    @DefaultValue Map<String, ProviderLimits> providers,
    @DefaultValue("6s") Duration ageing,
    @DefaultValue("20s") Duration drain) {

  public LaneSettings {
    providers = Map.copyOf(providers);
  }

  /** The limits of a provider, or of its channel where it is not named itself. */
  public ProviderLimits limits(String provider, String channel) {
    return providers.getOrDefault(
        provider, providers.getOrDefault(channel, ProviderLimits.standard()));
  }
}
