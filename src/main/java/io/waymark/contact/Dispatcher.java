package io.waymark.contact;

import io.waymark.channel.Providers;
import io.waymark.platform.Channel;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes what is due from the outbox to the providers, each channel in a lane of its own. */
@Component
public class Dispatcher {

  private final Map<Channel, Lane> lanes = new EnumMap<>(Channel.class);
  private final Outbox outbox;
  private final Unresolved unresolved;
  private final Clock clock;

  Dispatcher(
      Departures departures,
      Answers answers,
      Providers providers,
      ContactSettings settings,
      Outbox outbox,
      Unresolved unresolved,
      Clock clock) {
    for (Channel channel : Channel.values()) {
      lanes.put(channel, new Lane(channel, departures, answers, providers, settings));
    }
    this.outbox = outbox;
    this.unresolved = unresolved;
    this.clock = clock;
  }

  /**
   * Promotes what has become due, dispatches up to {@code max} messages of each channel and
   * resolves what a crash or a silent provider left open. Must not be called inside a transaction.
   *
   * @return how many messages were handled
   */
  public int dispatchDue(int max) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("providers are never called inside a transaction");
    }
    int handled = upkeep(max);
    for (Lane lane : lanes.values()) {
      handled += lane.run(max);
    }
    return handled;
  }

  /** Makes ready what has become due and resolves what is unknown. */
  int upkeep(int max) {
    outbox.promote(max, clock.instant());
    return unresolved.resolve(max);
  }

  Collection<Lane> lanes() {
    return lanes.values();
  }

  @PreDestroy
  void close() {
    lanes.values().forEach(Lane::close);
  }
}
