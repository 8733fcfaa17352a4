package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.Alerts;
import io.waymark.engine.watch.NodeNames;
import io.waymark.engine.watch.StuckCase;
import io.waymark.journey.CustomerMove;
import io.waymark.journey.CustomerMoves;
import io.waymark.journey.JourneyRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Retrying, skipping, moving or ending the customers of one alert: first what it would do. */
@ConsolePage
class WatchMoves {

  private static final int CASES = 200;

  private final Alerts alerts;
  private final CustomerMoves moves;
  private final NodeNames nodes;
  private final Customers customers;

  WatchMoves(Alerts alerts, CustomerMoves moves, NodeNames nodes, Customers customers) {
    this.alerts = alerts;
    this.moves = moves;
    this.nodes = nodes;
    this.customers = customers;
  }

  @GetMapping("/watch/{id}/moves")
  String preview(
      @PathVariable long id,
      @RequestParam(defaultValue = "retry") String act,
      @RequestParam(defaultValue = "") String node,
      CurrentStaff staff,
      Model model) {
    Alert alert = find(id, staff);
    Map<Long, StuckCase> people = people(alert, staff);
    List<CustomerMoves.Place> targets =
        people.isEmpty() ? List.of() : moves.targets(people.keySet().iterator().next());
    String target = node.isEmpty() && !targets.isEmpty() ? targets.get(0).id() : node;
    Map<Long, String> refs =
        customers.refsOf(
            people.values().stream()
                .map(StuckCase::customerId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    model.addAttribute("alert", alert);
    model.addAttribute("act", act);
    model.addAttribute("target", target);
    model.addAttribute("targets", targets);
    model.addAttribute(
        "lines",
        moves.preview(people.keySet(), move(act, target), staff.scope()).stream()
            .map(one -> line(one, alert, people, refs))
            .toList());
    return "watch-moves";
  }

  @PostMapping("/watch/{id}/moves")
  String perform(
      @PathVariable long id,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String node,
      @RequestParam(required = false) @Nullable Set<Long> participation,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    Alert alert = find(id, staff);
    List<Long> chosen =
        people(alert, staff).keySet().stream()
            .filter(one -> participation != null && participation.contains(one))
            .toList();
    try {
      next.addFlashAttribute(
          "moved", moves.perform(chosen, move(act, node), reason, staff.username(), staff.scope()));
    } catch (JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addAttribute("act", act);
      return "redirect:/watch/" + id + "/moves";
    }
    return "redirect:/watch/" + id;
  }

  private static CustomerMove move(String act, String node) {
    return switch (act) {
      case "retry" -> new CustomerMove.Retry();
      case "skip" -> new CustomerMove.Skip(null);
      case "move" -> new CustomerMove.MoveTo(node);
      case "end" -> new CustomerMove.End();
      default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    };
  }

  private Map<Long, StuckCase> people(Alert alert, CurrentStaff staff) {
    Map<Long, StuckCase> people = new LinkedHashMap<>();
    for (StuckCase one : alerts.cases(alert.id(), staff.scope(), 0, CASES)) {
      Long participation = one.participationId();
      if (participation != null) {
        people.putIfAbsent(participation, one);
      }
    }
    return people;
  }

  private Line line(
      CustomerMoves.Preview preview,
      Alert alert,
      Map<Long, StuckCase> people,
      Map<Long, String> refs) {
    StuckCase one = Objects.requireNonNull(people.get(preview.participationId()));
    Long customer = one.customerId();
    return new Line(
        preview,
        customer == null ? "" : refs.getOrDefault(customer, ""),
        preview.standsAt().stream()
            .map(node -> nodes.of(alert.journeyKey(), alert.version(), node))
            .toList());
  }

  private Alert find(long id, CurrentStaff staff) {
    return alerts
        .find(id, staff.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** What would happen to one customer, with the names people know him and his nodes by. */
  public record Line(CustomerMoves.Preview preview, String customer, List<String> standsAt) {}
}
