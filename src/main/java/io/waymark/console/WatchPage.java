package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.Alerts;
import io.waymark.engine.watch.Mending;
import io.waymark.engine.watch.NodeNames;
import io.waymark.engine.watch.StuckCase;
import io.waymark.engine.watch.StuckKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the watchdog found: who is stuck, why, and what to do about it. */
@ConsolePage
class WatchPage {

  /** As many as are kept of one alert; all of them are mended together. */
  private static final int CASES = 200;

  private final Alerts alerts;
  private final Mending mending;
  private final NodeNames nodes;
  private final JourneyNames journeys;
  private final Customers customers;
  private final Words words;

  WatchPage(
      Alerts alerts,
      Mending mending,
      NodeNames nodes,
      JourneyNames journeys,
      Customers customers,
      Words words) {
    this.alerts = alerts;
    this.mending = mending;
    this.nodes = nodes;
    this.journeys = journeys;
    this.customers = customers;
    this.words = words;
  }

  @GetMapping("/watch")
  String list(
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String journey,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    Map<String, String> names = journeys.byKey();
    StuckKind only =
        Stream.of(StuckKind.values())
            .filter(one -> one.code().equals(kind))
            .findFirst()
            .orElse(null);
    ListPage<Alert> found =
        ListPage.read(
            page,
            offset ->
                alerts.page(
                    status.isBlank() ? null : status,
                    only,
                    journey.isBlank() ? null : journey,
                    staff.scope(),
                    offset,
                    ListPage.SIZE + 1));
    model.addAttribute(
        "page", found.with(found.rows().stream().map(one -> line(one, names)).toList()));
    model.addAttribute(
        "statuses", words.options("watch.status", Stream.of("open", "acknowledged", "resolved")));
    model.addAttribute("status", status);
    model.addAttribute("kind", kind);
    model.addAttribute("journey", journey);
    model.addAttribute(
        "kinds",
        Stream.of(StuckKind.values()).map(one -> new Option(one.code(), one.title())).toList());
    model.addAttribute(
        "journeys",
        names.entrySet().stream().map(one -> new Option(one.getKey(), one.getValue())).toList());
    model.addAttribute("open", alerts.open(staff.scope()));
    model.addAttribute("lookedAt", alerts.lookedAt().orElse(null));
    return "watch";
  }

  @GetMapping("/watch/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    Alert alert = find(id, staff);
    List<StuckCase> cases = alerts.cases(id, staff.scope(), 0, CASES);
    Map<Long, String> refs =
        customers.refsOf(
            cases.stream().map(StuckCase::customerId).filter(Objects::nonNull).distinct().toList());
    model.addAttribute("line", line(alert, journeys.byKey()));
    model.addAttribute("cases", cases.stream().map(one -> new Stuck(one, ref(one, refs))).toList());
    return "watch-alert";
  }

  @PostMapping("/watch/{id}/acknowledge")
  String acknowledge(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String note,
      CurrentStaff staff,
      RedirectAttributes next) {
    String said = note.strip().substring(0, Math.min(200, note.strip().length()));
    next.addFlashAttribute(
        "said",
        alerts.acknowledge(id, staff.username(), said, staff.scope())
            ? "watch.acknowledged"
            : "watch.gone");
    return "redirect:/watch/" + id;
  }

  @PostMapping("/watch/{id}/mend")
  String mend(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Set<String> subject,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    Alert alert = find(id, staff);
    List<StuckCase> chosen =
        alerts.cases(id, staff.scope(), 0, CASES).stream()
            .filter(one -> subject != null && subject.contains(one.subject()))
            .toList();
    if (chosen.isEmpty()) {
      next.addFlashAttribute("refused", "没有选中仍然存在的条目，请勾选后再处理。");
      return "redirect:/watch/" + id;
    }
    try {
      Mending.Report report =
          mending.mend(alert.kind(), chosen, reason, staff.username(), staff.scope());
      next.addFlashAttribute("report", report);
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/watch/" + id;
  }

  private Alert find(long id, CurrentStaff staff) {
    return alerts
        .find(id, staff.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Line line(Alert alert, Map<String, String> names) {
    return new Line(
        alert,
        names.getOrDefault(alert.journeyKey(), alert.journeyKey()),
        alert.node().isEmpty() ? "" : nodes.of(alert.journeyKey(), alert.version(), alert.node()));
  }

  private static String ref(StuckCase one, Map<Long, String> refs) {
    Long customer = one.customerId();
    return customer == null ? "" : refs.getOrDefault(customer, "");
  }

  /** An alert with the names people know its journey and node by. */
  public record Line(Alert alert, String journey, String node) {}

  /** One case with its customer's number. */
  public record Stuck(StuckCase stuck, String customer) {}
}
