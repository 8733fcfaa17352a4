package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.journey.CustomerMove;
import io.waymark.journey.CustomerMoves;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.MoveHistory;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participation;
import io.waymark.journey.Standing;
import io.waymark.journey.Standings;
import io.waymark.journey.migration.MigrationEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One customer in one journey: why he is here, what comes next, and moving him. */
@ConsolePage
class JourneyPersonPage {

  private final Standings standings;
  private final JourneyVersions versions;
  private final NodeVisits visits;
  private final MoveHistory history;
  private final CustomerMoves moves;
  private final MigrationEngine engine;
  private final Customers customers;

  JourneyPersonPage(
      Standings standings,
      JourneyVersions versions,
      NodeVisits visits,
      MoveHistory history,
      CustomerMoves moves,
      MigrationEngine engine,
      Customers customers) {
    this.standings = standings;
    this.versions = versions;
    this.visits = visits;
    this.history = history;
    this.moves = moves;
    this.engine = engine;
    this.customers = customers;
  }

  /** A visit with the name of its node. */
  public record Step(NodeVisits.Step visit, String name) {}

  /** An act on this customer, its nodes in words. */
  public record Moved(MoveHistory.Move move, String from, String to) {}

  @GetMapping("/journeys/people/{participation}")
  String show(
      @PathVariable long participation,
      @RequestParam(required = false) @Nullable String act,
      @RequestParam(defaultValue = "") String node,
      @RequestParam(defaultValue = "") String way,
      CurrentStaff staff,
      Model model) {
    Standing standing =
        standings
            .of(participation, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Participation one = standing.participation();
    JourneyVersion version = versions.find(one.journeyVersionId()).orElseThrow();
    Map<String, String> names = engine.names(version);
    boolean inside = one.leftAt() == null;
    model.addAttribute("standing", standing);
    model.addAttribute("person", one);
    model.addAttribute("version", version);
    model.addAttribute("inside", inside);
    model.addAttribute(
        "ref", customers.refsOf(List.of(one.customerId())).getOrDefault(one.customerId(), ""));
    model.addAttribute(
        "here",
        standing.tokens().stream().map(Standing.Token::node).collect(Collectors.joining(",")));
    model.addAttribute(
        "way",
        visits.ofParticipation(participation).stream()
            .map(step -> new Step(step, names.getOrDefault(step.node(), step.node())))
            .toList());
    model.addAttribute(
        "moves",
        history.of(participation).stream()
            .map(move -> new Moved(move, said(names, move.from()), said(names, move.to())))
            .toList());
    model.addAttribute("mayMove", inside && MigrationsPage.mayPlan(staff));
    model.addAttribute("ways", inside ? moves.ways(participation) : List.of());
    model.addAttribute("targets", inside ? moves.targets(participation) : List.of());
    if (inside && act != null && MigrationsPage.mayPlan(staff)) {
      model.addAttribute("act", act);
      model.addAttribute("node", node);
      model.addAttribute("chosenWay", way);
      model.addAttribute(
          "preview",
          moves.preview(List.of(participation), move(act, node, way), staff.scope()).get(0));
    }
    return "journey-person";
  }

  private static String said(Map<String, String> names, List<String> nodes) {
    return nodes.isEmpty()
        ? "—"
        : String.join("、", nodes.stream().map(one -> names.getOrDefault(one, one)).toList());
  }

  private static CustomerMove move(String act, String node, String way) {
    return switch (act) {
      case "retry" -> new CustomerMove.Retry();
      case "skip" -> new CustomerMove.Skip(way.isBlank() ? null : way);
      case "move" -> new CustomerMove.MoveTo(node);
      case "end" -> new CustomerMove.End();
      default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    };
  }

  @PostMapping("/journeys/people/{participation}")
  String perform(
      @PathVariable long participation,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String node,
      @RequestParam(defaultValue = "") String way,
      @RequestParam String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("participation", participation);
    try {
      CustomerMoves.Report report =
          moves.perform(
              List.of(participation),
              move(act, node, way),
              reason,
              staff.username(),
              staff.scope());
      if (report.refused().isEmpty()) {
        next.addFlashAttribute("said", "person.done." + act);
      } else {
        next.addFlashAttribute("refused", report.refused().get(0).sentence());
      }
    } catch (JourneyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/journeys/people/{participation}";
  }
}
