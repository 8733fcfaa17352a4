package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.decay.DecayFigures;
import io.waymark.segment.decay.DecayPolicy;
import io.waymark.segment.decay.DecayScore;
import io.waymark.segment.decay.DecayScores;
import io.waymark.segment.decay.DecaySignal;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signals of falling activity, and for whom each of them is on. */
@ConsolePage
class DecayPage {

  private final DecayScores scores;
  private final DecayFigures figures;
  private final Customers customers;

  DecayPage(DecayScores scores, DecayFigures figures, Customers customers) {
    this.scores = scores;
    this.figures = figures;
    this.customers = customers;
  }

  /** A customer whose signal is on, by the number people know. */
  public record Row(String ref, DecayScore score) {}

  @GetMapping("/models/decay")
  String show(
      @RequestParam(defaultValue = "") String signal,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    PolicyInForce<DecayPolicy> current = scores.current();
    List<DecaySignal> signals = current.value().signals();
    String chosen = current.value().signal(signal).map(DecaySignal::code).orElse(first(signals));
    model.addAttribute("version", current.version());
    model.addAttribute("lines", figures.of(current.value(), staff.scope()));
    model.addAttribute(
        "signals", signals.stream().map(one -> new Option(one.code(), one.name())).toList());
    model.addAttribute("signal", chosen);
    ListPage<DecayScore> found =
        ListPage.read(
            page, offset -> figures.alarmed(chosen, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(DecayScore::customerId).toList());
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(one -> new Row(refs.getOrDefault(one.customerId(), ""), one))
                .toList()));
    return "models-decay";
  }

  private static String first(List<DecaySignal> signals) {
    return signals.isEmpty() ? "" : signals.get(0).code();
  }
}
