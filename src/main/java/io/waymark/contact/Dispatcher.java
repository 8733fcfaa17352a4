package io.waymark.contact;

import io.waymark.channel.Providers;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.LaneState;
import io.waymark.contact.lane.Throttles;
import io.waymark.platform.Channel;
import io.waymark.platform.trace.Traces;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes what is due from the outbox to the providers, each channel in a lane of its own. */
@Component
public class Dispatcher {

  private final Map<Channel, Lane> lanes = new EnumMap<>(Channel.class);
  private final Outbox outbox;
  private final NextTexts nextTexts;

  Dispatcher(
      Outbox outbox,
      Departures departures,
      Answers answers,
      Unresolved unresolved,
      Providers providers,
      NextTexts nextTexts,
      Throttles throttles,
      ContactSettings settings,
      LaneSettings limits,
      Traces traces,
      Clock clock) {
    this.outbox = outbox;
    this.nextTexts = nextTexts;
    for (Channel channel : Channel.values()) {
      lanes.put(
          channel,
          new Lane(
              channel,
              outbox,
              departures,
              answers,
              unresolved,
              providers,
              throttles,
              settings,
              limits,
              traces,
              clock));
    }
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
    int handled = 0;
    for (Lane lane : lanes.values()) {
      handled += lane.run(max);
    }
    return handled + nextTexts.run(max);
  }

  /** How each channel goes, in the order of {@link Channel}; one statement. */
  public List<LaneState> states() {
    Map<Channel, LaneState.Queue> queues = outbox.queues();
    return lanes.values().stream()
        .map(lane -> lane.state(queues.getOrDefault(lane.channel(), LaneState.Queue.empty())))
        .toList();
  }

  /** Says by another channel what did not arrive in its time. */
  int followUp(int max) {
    return nextTexts.run(max);
  }

  Collection<Lane> lanes() {
    return lanes.values();
  }

  @PreDestroy
  void close() {
    lanes.values().forEach(Lane::close);
  }
}
