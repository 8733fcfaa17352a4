package io.waymark.engine.migration;

import io.waymark.engine.migration.DrawnNode.Flow;
import io.waymark.journey.CustomerMoves.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The flows by which somebody could leave a node, whatever it waits for. */
final class Ways {

  private Ways() {}

  static List<Place> of(Drawn drawn, String at) {
    DrawnNode node = drawn.node(at);
    if (node == null) {
      return List.of();
    }
    List<Place> ways = new ArrayList<>();
    if (node.kind().equals("eventBasedGateway")) {
      node.outgoing().stream()
          .map(flow -> Objects.requireNonNull(drawn.node(flow.target())))
          .forEach(event -> add(ways, drawn, event));
    } else {
      add(ways, drawn, node);
    }
    drawn.nodes().stream()
        .filter(event -> at.equals(event.attachedTo()) && event.interrupting())
        .filter(event -> !"error".equals(event.trigger()))
        .forEach(event -> add(ways, drawn, event));
    return ways;
  }

  private static void add(List<Place> ways, Drawn drawn, DrawnNode from) {
    for (Flow flow : from.outgoing()) {
      ways.add(
          new Place(flow.id(), from.name() + " → " + drawn.name(flow.target()), "sequenceFlow"));
    }
  }
}
