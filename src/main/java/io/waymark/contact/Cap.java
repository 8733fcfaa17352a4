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
 * @param window over which time it counts
 * @param max how many messages
 * @param basis law, contract or house rule it rests on
 */
public record Cap(
    String code,
    Set<Channel> channels,
    Set<Purpose> purposes,
    CapWindow window,
    int max,
    String basis) {

  public Cap {
    channels = Set.copyOf(channels);
    purposes = Set.copyOf(purposes);
    ContactPolicy.require(max > 0 && !basis.isBlank() && !purposes.isEmpty(), "cap " + code);
  }

  /** Whether a message of this channel and purpose takes a place. */
  public boolean covers(Channel channel, Purpose purpose) {
    return (channels.isEmpty() || channels.contains(channel)) && purposes.contains(purpose);
  }

  /** How many places are taken for a message that is to leave at a moment. */
  public long taken(List<ContactFacts.Counted> counted, Instant at) {
    return counted.stream()
        .filter(one -> covers(one.channel(), one.purpose()))
        .filter(one -> window.shares(one.at(), at))
        .count();
  }
}
