package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.lifecycle.Lifecycle;
import io.waymark.segment.lifecycle.LifecyclePolicy;
import io.waymark.segment.lifecycle.LifecyclePolicyKind;
import io.waymark.segment.lifecycle.LifecycleTrial;
import io.waymark.segment.lifecycle.PlannedMoves;
import io.waymark.segment.lifecycle.Stage;
import io.waymark.segment.lifecycle.StageFigures;
import io.waymark.segment.model.ModelRun;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The stages of the customer's way, who stands where, and who would move under a proposal. */
@ConsolePage
class LifecyclePage {

  private static final Duration LATELY = Duration.ofDays(30);

  private final Lifecycle lifecycle;
  private final LifecyclePolicyKind kind;
  private final LifecycleTrial trial;
  private final StageFigures figures;
  private final PolicyDocuments documents;
  private final Clock clock;

  LifecyclePage(
      Lifecycle lifecycle,
      LifecyclePolicyKind kind,
      LifecycleTrial trial,
      StageFigures figures,
      PolicyDocuments documents,
      Clock clock) {
    this.lifecycle = lifecycle;
    this.kind = kind;
    this.trial = trial;
    this.figures = figures;
    this.documents = documents;
    this.clock = clock;
  }

  /** A version that waits, and the last trial of it. */
  public record Proposal(PolicyDocument document, @Nullable ModelRun run) {}

  /** Customers who would go one way; names of stages, empty for none. */
  public record Way(String from, String to, long customers) {}

  @GetMapping("/models/lifecycle")
  String show(@RequestParam(defaultValue = "") String version, CurrentStaff staff, Model model) {
    PolicyInForce<LifecyclePolicy> current = lifecycle.current();
    List<StageFigures.Line> lines =
        figures.of(current.value(), staff.scope(), clock.instant().minus(LATELY));
    model.addAttribute("version", current.version());
    model.addAttribute("lines", lines);
    model.addAttribute("placed", lines.stream().mapToLong(StageFigures.Line::customers).sum());
    model.addAttribute("names", names(current.value()));
    model.addAttribute(
        "proposals",
        documents.all(LifecyclePolicyKind.CODE).stream()
            .filter(PolicyDocument::isProposal)
            .map(one -> new Proposal(one, trial.last(one.version()).orElse(null)))
            .toList());
    documents
        .find(LifecyclePolicyKind.CODE, version)
        .ifPresent(chosen -> describe(chosen, staff, model));
    return "models-lifecycle";
  }

  private void describe(PolicyDocument chosen, CurrentStaff staff, Model model) {
    model.addAttribute("chosen", chosen);
    trial
        .last(chosen.version())
        .ifPresent(
            run -> {
              model.addAttribute("run", run);
              model.addAttribute("ways", ways(kind.read(chosen.source()), trial.moves(run), staff));
            });
  }

  private List<Way> ways(LifecyclePolicy policy, List<PlannedMoves> moves, CurrentStaff staff) {
    Map<String, String> names = names(lifecycle.current().value());
    names.putAll(names(policy));
    Map<List<String>, Long> counts =
        new TreeMap<>((one, other) -> String.join(" ", one).compareTo(String.join(" ", other)));
    moves.stream()
        .filter(one -> staff.scope().covers(one.branch()))
        .forEach(one -> counts.merge(List.of(one.from(), one.to()), one.customers(), Long::sum));
    return counts.entrySet().stream()
        .map(
            one ->
                new Way(
                    names.getOrDefault(one.getKey().get(0), one.getKey().get(0)),
                    names.getOrDefault(one.getKey().get(1), one.getKey().get(1)),
                    one.getValue()))
        .toList();
  }

  private static Map<String, String> names(LifecyclePolicy policy) {
    return policy.stages().stream()
        .collect(Collectors.toMap(Stage::code, Stage::name, (one, other) -> one, TreeMap::new));
  }

  @PostMapping("/models/lifecycle/trial")
  String trial(@RequestParam String version, CurrentStaff staff, RedirectAttributes next) {
    try {
      trial.ask(version, staff.username());
      next.addFlashAttribute("said", "models.trial.started");
      next.addAttribute("version", version);
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/models/lifecycle";
  }
}
