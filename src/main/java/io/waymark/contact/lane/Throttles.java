package io.waymark.contact.lane;

import io.waymark.channel.Provider;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** One throttle per provider of this node. */
@Component
public class Throttles {

  private final LaneSettings settings;
  private final SendingNodes nodes;
  private final Clock clock;
  private final Map<String, Throttle> byProvider = new ConcurrentHashMap<>();

  public Throttles(LaneSettings settings, SendingNodes nodes, Clock clock) {
    this.clock = clock;
    this.settings = settings;
    this.nodes = nodes;
  }

  /** The throttle of a provider, always the same one. */
  public Throttle of(Provider provider) {
    return byProvider.computeIfAbsent(
        provider.name(),
        name -> new Throttle(name, settings.limits(name, provider.channel().code()), nodes, clock));
  }
}
