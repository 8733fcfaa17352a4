package io.waymark.channel;

import io.waymark.platform.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The providers that are configured; a channel without one cannot be sent on. */
public final class Providers {

  private final List<Provider> configured;
  private final Map<Channel, Provider> chosen = new EnumMap<>(Channel.class);
  private final Map<Channel, String> fixedAddresses;

  /**
   * @param providers at most one for a channel
   * @param fixedAddresses addresses that do not depend on the customer, see {@link #fixedAddress}
   * @throws IllegalArgumentException when two providers serve one channel
   */
  public Providers(List<Provider> providers, Map<Channel, String> fixedAddresses) {
    this(providers, Map.of(), fixedAddresses);
  }

  /**
   * @param providers any number for a channel
   * @param choice names of the providers to use, where a channel has several
   * @throws IllegalArgumentException when a channel has several and none or an unknown one is
   *     chosen
   */
  public Providers(
      List<Provider> providers, Map<Channel, String> choice, Map<Channel, String> fixedAddresses) {
    this.configured = List.copyOf(providers);
    this.fixedAddresses = Map.copyOf(fixedAddresses);
    for (Channel channel : Channel.values()) {
      List<Provider> candidates =
          configured.stream().filter(provider -> provider.channel() == channel).toList();
      choose(channel, candidates, choice.get(channel));
    }
  }

  private void choose(Channel channel, List<Provider> candidates, @Nullable String name) {
    if (name != null) {
      Provider wanted =
          candidates.stream()
              .filter(provider -> provider.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "waymark.channel.chosen.%s 指定的服务商 %s 没有配置，已配置的是 %s"
                              .formatted(channel.code(), name, names(candidates))));
      chosen.put(channel, wanted);
    } else if (candidates.size() > 1) {
      throw new IllegalArgumentException(
          "渠道 %s 配置了多个服务商 %s，请用 waymark.channel.chosen.%s 指定使用哪一个"
              .formatted(channel.code(), names(candidates), channel.code()));
    } else if (!candidates.isEmpty()) {
      chosen.put(channel, candidates.get(0));
    }
  }

  private static List<String> names(List<Provider> providers) {
    return providers.stream().map(Provider::name).toList();
  }

  /** Empty when no provider is configured for the channel. */
  public Optional<Provider> of(Channel channel) {
    return Optional.ofNullable(chosen.get(channel));
  }

  /** The provider in use of every channel that has one, in the order of {@link Channel}. */
  public List<Provider> all() {
    return List.copyOf(chosen.values());
  }

  /** Every configured provider, in use or not, by its name. */
  public Optional<Provider> named(String name) {
    return configured.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /** Every configured provider as people see it, channel by channel, those in use first. */
  public List<ProviderDescription> describe() {
    List<ProviderDescription> descriptions = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      Provider inUse = chosen.get(channel);
      if (inUse != null) {
        descriptions.add(describe(inUse, true));
      }
      configured.stream()
          .filter(provider -> provider.channel() == channel && provider != inUse)
          .forEach(provider -> descriptions.add(describe(provider, false)));
    }
    return List.copyOf(descriptions);
  }

  private static ProviderDescription describe(Provider provider, boolean inUse) {
    return new ProviderDescription(
        provider.name(),
        provider.channel(),
        provider.target(),
        provider.settings(),
        provider.verification().orElse(null),
        provider.whenUnknown(),
        inUse,
        provider instanceof RememberingProvider remembering ? remembering.last() : null);
  }

  /**
   * The address of a channel that does not depend on the customer: the default target of webhooks
   * ({@code waymark.channel.webhook.default-target}). Empty for channels whose address is the
   * customer's own.
   */
  public Optional<String> fixedAddress(Channel channel) {
    return Optional.ofNullable(fixedAddresses.get(channel));
  }
}
