package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * At most so many messages in a window, over all journeys.
 *
 * @param code names it in verdicts
 * @param channels the channels that share it; empty for all
 * @param purposes the purposes that share it
 * @param priorities the priorities that share it
 * @param window over which time it counts
 * @param max how many messages
 * @param basis law, contract or house rule it rests on
 */
public record Cap(
    String code,
    Set<Channel> channels,
    Set<Purpose> purposes,
    Priorities priorities,
    CapWindow window,
    int max,
    String basis) {

  public Cap {
    channels = Set.copyOf(channels);
    purposes = Set.copyOf(purposes);
    ContactPolicy.require(max > 0 && !basis.isBlank() && !purposes.isEmpty(), "cap " + code);
  }

  /** Whether a message of this channel, purpose and priority takes a place. */
  public boolean covers(Channel channel, Purpose purpose, int priority) {
    return (channels.isEmpty() || channels.contains(channel))
        && purposes.contains(purpose)
        && priorities.contain(priority);
  }

  /** The messages that take a place from one that is to leave at a moment. */
  public List<ContactFacts.Counted> taken(List<ContactFacts.Counted> counted, Instant at) {
    return counted.stream()
        .filter(one -> covers(one.channel(), one.purpose(), one.priority()))
        .filter(one -> window.shares(one.at(), at))
        .toList();
  }

  /** Priorities from one to another, both included, within 0 to 100. */
  public record Priorities(int from, int to) {
    public Priorities {
      ContactPolicy.require(from >= 0 && from <= to && to <= 100, "priorities");
    }

    /** Every priority. */
    public static Priorities all() {
      return new Priorities(0, 100);
    }

    boolean contain(int priority) {
      return priority >= from && priority <= to;
    }
  }
}
