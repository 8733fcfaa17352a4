package io.waymark.contact.lane;

import io.waymark.platform.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one channel goes. The queue is that of all nodes; speed, breaker and calls are those of the
 * node that answers.
 *
 * @param provider its name; null when the channel has none, or needs none as the App
 * @param queue what is under way on the channel
 * @param perSecond what this node may send in a second now; null without a limit
 * @param nodes how many nodes share the account; 1 without a limit, 0 while this node still
 *     announces itself
 * @param lastMinute calls that ended in the last 60 seconds
 * @param failuresLastMinute those of them without an answer, or put off
 * @param breaker whether the provider is called at all
 * @param inFlight calls that run
 * @param concurrency calls that may run at once
 * @param lastTrouble code of the last failure; null when there was none since the start
 * @param lastTroubleAt when it was; null when there was none
 */
public record LaneState(
    Channel channel,
    @Nullable String provider,
    Queue queue,
    @Nullable Double perSecond,
    int nodes,
    long lastMinute,
    long failuresLastMinute,
    Breaker breaker,
    int inFlight,
    int concurrency,
    @Nullable String lastTrouble,
    @Nullable Instant lastTroubleAt) {

  /** Whether a provider is called. */
  public enum Breaker {
    /** It is. */
    CLOSED,
    /** It failed too often and is left alone for a while. */
    OPEN,
    /** It is tried again with a few calls. */
    TRYING
  }

  /**
   * Messages under way by state.
   *
   * @param later not due yet
   * @param ready due
   * @param sending a provider is being called
   * @param unknown nobody knows whether it was accepted
   * @param awaiting accepted, the receipt is out
   * @param parked cannot be prepared; a person decides
   * @param oldestReady since when the oldest due one waits; null when none does
   */
  public record Queue(
      long later,
      long ready,
      long sending,
      long unknown,
      long awaiting,
      long parked,
      @Nullable Instant oldestReady) {

    /** Nothing under way. */
    public static Queue empty() {
      return new Queue(0, 0, 0, 0, 0, 0, null);
    }
  }
}
