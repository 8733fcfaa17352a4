package io.waymark.engine;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One way through a journey as a rehearsal file writes it: who walks, what happens to him, and
 * where he must then stand or how he must have left.
 */
final class RehearsedWay {

  private final Travellers world;
  private final String journey;
  private final Map<String, Object> way;

  RehearsedWay(Travellers world, String journey, Map<String, Object> way) {
    this.world = world;
    this.journey = journey;
    this.way = way;
  }

  void walk() {
    Traveller traveller = somebody(map(way.getOrDefault("customer", Map.of())));
    for (Object step : (List<?>) way.get("steps")) {
      map(step).forEach((what, how) -> happens(traveller, what, how));
    }
  }

  private Traveller somebody(Map<String, Object> customer) {
    Traveller traveller =
        world.somebodyFor(journey, list(customer.get("without")).toArray(String[]::new));
    customer.forEach(
        (what, how) -> {
          switch (what) {
            case "without" -> {}
            case "born" -> traveller.born(LocalDate.parse(String.valueOf(how)));
            case "tags" ->
                map(how).forEach((tag, value) -> traveller.tagged(tag, value.toString()));
            case "looksAt" -> traveller.looksAt(Travellers.FUND);
            case "assessed" -> traveller.assessed(RiskTolerance.valueOf(how.toString()));
            case "refuses" ->
                list(how).forEach(one -> traveller.refuses(purpose(one), channel(one)));
            default -> throw new AssertionError("nobody is described by " + what);
          }
        });
    return traveller;
  }

  private void happens(Traveller traveller, String what, Object how) {
    switch (what) {
      case "enter" -> traveller.entersByAudience(journey);
      case "event" -> event(traveller, how);
      case "stands" -> traveller.standsAt(how.toString());
      case "left" -> traveller.left(how.toString());
      case "went" -> traveller.wentBy(list(how).toArray(String[]::new));
      case "time" -> traveller.timeComes(how.toString());
      case "days" -> traveller.daysPass(Integer.parseInt(how.toString()));
      case "settle" -> traveller.messageSettles(how.toString());
      case "answer" ->
          traveller.advisorAnswers(how.toString().split("=")[0], how.toString().split("=")[1]);
      case "assessed" -> traveller.assessed(RiskTolerance.valueOf(how.toString()));
      case "dies" -> traveller.unreachable();
      case "meanwhile" -> meanwhile(traveller, map(how));
      default -> throw new AssertionError("nothing happens by " + what);
    }
  }

  private static void event(Traveller traveller, Object how) {
    if (how instanceof Map<?, ?>) {
      map(how).forEach((type, properties) -> traveller.does(type, map(properties)));
    } else {
      traveller.does(how.toString());
    }
  }

  private void meanwhile(Traveller traveller, Map<String, Object> how) {
    String flow = how.get("flow").toString();
    if (how.containsKey("refuses")) {
      String refused = how.get("refuses").toString();
      traveller.refusesDuring(journey, flow, purpose(refused), channel(refused));
    } else {
      traveller.retaggedDuring(
          journey, flow, how.get("tag").toString(), how.get("value").toString());
    }
  }

  private static Purpose purpose(String refused) {
    return Purpose.of(refused.split("/")[0]);
  }

  private static Channel channel(String refused) {
    return Channel.of(refused.split("/")[1]);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  private static List<String> list(Object node) {
    return node == null ? List.of() : ((List<?>) node).stream().map(String::valueOf).toList();
  }
}
