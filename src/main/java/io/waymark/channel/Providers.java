package io.waymark.channel;

import io.waymark.platform.Channel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that are configured; a channel without one cannot be sent on. */
public final class Providers {

  private final Map<Channel, Provider> byChannel = new EnumMap<>(Channel.class);
  private final Map<Channel, String> fixedAddresses;

  /**
   * @param providers at most one for a channel
   * @param fixedAddresses addresses that do not depend on the customer, see {@link #fixedAddress}
   * @throws IllegalArgumentException when two providers serve one channel
   */
  public Providers(List<Provider> providers, Map<Channel, String> fixedAddresses) {
    for (Provider provider : providers) {
      if (byChannel.putIfAbsent(provider.channel(), provider) != null) {
        throw new IllegalArgumentException("渠道 " + provider.channel().code() + " 配置了两个服务商，请只保留一个");
      }
    }
    this.fixedAddresses = Map.copyOf(fixedAddresses);
  }

  /** Empty when no provider is configured for the channel. */
  public Optional<Provider> of(Channel channel) {
    return Optional.ofNullable(byChannel.get(channel));
  }

  /** Every configured provider, in the order of {@link Channel}. */
  public List<Provider> all() {
    return List.copyOf(byChannel.values());
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
