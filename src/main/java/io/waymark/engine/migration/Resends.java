package io.waymark.engine.migration;

import io.waymark.contact.HeardMessages;
import io.waymark.contact.HeardMessages.Again;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.NodeVisits.Place;
import io.waymark.journey.Participation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sees to it that nobody hears a message twice because somebody moved him: a send that lay behind
 * the customer and lies before him again finds the claim of the first time. A send he would have
 * come to again by himself, in a loop, is another message and is sent. Steps are the same when the
 * map says so, or when they send the same template.
 */
@Component
class Resends {

  private final HeardMessages heard;
  private final NodeVisits visits;

  Resends(HeardMessages heard, NodeVisits visits) {
    this.heard = heard;
    this.visits = visits;
  }

  /**
   * One customer who is being moved.
   *
   * @param at where he stands now
   * @param ahead every node he can come to afterwards
   */
  record Going(Participation participation, List<String> at, Set<String> ahead) {}

  private record Pair(Participation participation, String node, String target, boolean behind) {}

  /** Carries what has been heard, before anybody moves on; the customers are locked. */
  void prevent(Collection<Going> going, Drawn from, Drawn to, Map<String, String> map) {
    List<Pair> pairs = new ArrayList<>();
    Map<List<String>, Set<String>> before = new HashMap<>();
    for (Going one : going) {
      Set<String> still = before.computeIfAbsent(one.at(), from::reach);
      for (DrawnNode send : from.nodes()) {
        String target = send.sends() ? same(send, to, map, one.ahead()) : null;
        if (target != null) {
          pairs.add(new Pair(one.participation(), send.id(), target, !still.contains(send.id())));
        }
      }
    }
    if (!pairs.isEmpty()) {
      heard.carry(again(pairs));
    }
  }

  private static @Nullable String same(
      DrawnNode send, Drawn to, Map<String, String> map, Set<String> ahead) {
    String mapped = map.get(send.id());
    if (mapped != null) {
      return ahead.contains(mapped) ? mapped : null;
    }
    return to.nodes().stream()
        .filter(other -> other.sends() && send.template() != null)
        .filter(other -> send.template().equals(other.template()))
        .filter(other -> ahead.contains(other.id()) && !map.containsValue(other.id()))
        .map(DrawnNode::id)
        .findFirst()
        .orElse(null);
  }

  private List<Again> again(List<Pair> pairs) {
    Set<Place> places = new java.util.LinkedHashSet<>();
    for (Pair pair : pairs) {
      places.add(new Place(pair.participation().id(), pair.node()));
      places.add(new Place(pair.participation().id(), pair.target()));
    }
    Map<Place, Integer> counts = visits.earlierVisits(places);
    return pairs.stream()
        .map(
            pair ->
                new Again(
                    pair.participation().id(),
                    pair.participation().customerId(),
                    pair.node(),
                    count(counts, pair.participation(), pair.node()),
                    pair.target(),
                    count(counts, pair.participation(), pair.target()) + 1,
                    pair.behind()))
        .toList();
  }

  private static int count(Map<Place, Integer> counts, Participation one, String node) {
    return counts.getOrDefault(new Place(one.id(), node), 0);
  }

  /** Whether the message of this step was heard and the step lies behind whoever stands there. */
  boolean heardBehind(Participation participation, List<String> at, Drawn drawn, String node) {
    return !drawn.reach(at).contains(node)
        && heard.at(participation.customerId(), participation.id()).contains(node);
  }
}
