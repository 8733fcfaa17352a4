package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.churn.ChurnScores;
import io.waymark.segment.cooling.CoolingOffChanged.Period;
import io.waymark.segment.cooling.CoolingOffs;
import io.waymark.segment.cooling.CoolingPolicyKind;
import io.waymark.segment.cooling.CoolingRule;
import io.waymark.segment.decay.DecayScores;
import io.waymark.segment.lifecycle.Lifecycle;
import io.waymark.segment.model.ModelRun;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.tagging.RuleTags;
import io.waymark.segment.value.RfmGroup;
import io.waymark.segment.value.RfmLetter;
import io.waymark.segment.value.RfmScores;
import io.waymark.segment.value.TierCount;
import io.waymark.segment.value.TierScheme;
import io.waymark.segment.value.ValueFigures;
import io.waymark.segment.value.ValueModel;
import io.waymark.segment.value.ValueModels;
import io.waymark.segment.value.ValueRuns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * All models and how they stand; tiers with their shares and cadence, RFM groups, and who is in a
 * cooling-off period.
 */
@ConsolePage
class ModelsPage {

  private static final List<String> MODELS =
      List.of(ValueRuns.MODEL, Lifecycle.MODEL, DecayScores.MODEL, ChurnScores.MODEL);

  /** The tag that tells how many a model has an answer for. */
  private static final Map<String, String> TAGS =
      Map.of(
          Lifecycle.MODEL, Lifecycle.TAG,
          DecayScores.MODEL, "decay_login",
          ChurnScores.MODEL, ChurnScores.TAG);

  private final ValueModels models;
  private final ValueFigures figures;
  private final ModelRuns runs;
  private final RuleTags ruleTags;
  private final TagRegistry tags;
  private final CoolingOffs coolingOffs;
  private final CoolingPolicyKind coolingKind;
  private final PolicyDocuments policies;
  private final Customers customers;
  private final Clock clock;

  ModelsPage(
      ValueModels models,
      ValueFigures figures,
      ModelRuns runs,
      RuleTags ruleTags,
      TagRegistry tags,
      CoolingOffs coolingOffs,
      CoolingPolicyKind coolingKind,
      PolicyDocuments policies,
      Customers customers,
      Clock clock) {
    this.models = models;
    this.figures = figures;
    this.runs = runs;
    this.ruleTags = ruleTags;
    this.tags = tags;
    this.coolingOffs = coolingOffs;
    this.coolingKind = coolingKind;
    this.policies = policies;
    this.customers = customers;
    this.clock = clock;
  }

  /**
   * A scheme and how all customers are spread over it.
   *
   * @param without customers who have no tier for want of data
   */
  public record SchemeLine(TierScheme scheme, List<TierCount> tiers, long customers, long without) {

    static SchemeLine of(TierScheme scheme, List<TierCount> tiers, long customers) {
      long placed = tiers.stream().mapToLong(TierCount::customers).sum();
      return new SchemeLine(scheme, tiers, customers, Math.max(0, customers - placed));
    }

    /** Whether the scheme says how much service each tier is meant to have. */
    public boolean shared() {
      return scheme.tiers().get(0).share() != null;
    }
  }

  /** One of the three figures of RFM and its groups. */
  public record LetterLine(RfmLetter letter, List<RfmGroup> groups) {}

  /**
   * A model or a computed tag.
   *
   * @param code of the model
   * @param name null for a model, whose name is in the bundle
   * @param path its own page
   * @param customers who have a value; null where this page shows them itself
   * @param run the last computation; null for none
   */
  public record ModelLine(
      String code,
      String argument,
      @Nullable String name,
      String path,
      @Nullable Long customers,
      @Nullable ModelRun run) {}

  /** A customer who is left alone, by the number people know. */
  public record Resting(String ref, String rule, String branch, Instant until) {}

  @GetMapping("/models")
  String show(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    PolicyInForce<ValueModel> current = models.current();
    List<ModelLine> lines = lines(staff);
    model.addAttribute("lines", lines);
    model.addAttribute(
        "busy", lines.stream().anyMatch(line -> line.run() != null && line.run().isOpen()));
    long all = figures.customers(staff.scope());
    model.addAttribute("version", current.version());
    model.addAttribute("settings", current.value().rfm());
    model.addAttribute("computedAt", figures.computedAt().orElse(null));
    model.addAttribute(
        "schemes",
        current.value().schemes().stream()
            .map(scheme -> SchemeLine.of(scheme, figures.tiers(scheme, staff.scope()), all))
            .toList());
    model.addAttribute(
        "letters",
        Stream.of(RfmLetter.values())
            .map(letter -> new LetterLine(letter, figures.groups(letter, staff.scope())))
            .toList());
    model.addAttribute(
        "page", ListPage.read(page, offset -> resting(staff, offset, ListPage.SIZE + 1)));
    return "models";
  }

  @PostMapping("/models/run")
  String run(
      @RequestParam(defaultValue = ValueRuns.MODEL) String model,
      @RequestParam(defaultValue = "") String argument,
      CurrentStaff staff,
      RedirectAttributes next) {
    boolean known =
        model.equals(RuleTags.MODEL)
            ? ruleTags.inForce(argument).isPresent()
            : MODELS.contains(model) && argument.isEmpty();
    if (!known) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    runs.ask(model, argument, staff.username());
    next.addFlashAttribute("said", "models.started");
    return "redirect:/models";
  }

  private List<ModelLine> lines(CurrentStaff staff) {
    Map<String, ModelRun> last = runs.last(MODELS);
    Stream<ModelLine> kept =
        MODELS.stream()
            .map(
                code ->
                    new ModelLine(
                        code,
                        "",
                        null,
                        code.equals(ValueRuns.MODEL) ? "" : "/models/" + code,
                        figures.held(TAGS.getOrDefault(code, RfmScores.TAG), staff.scope()),
                        last.get(code)));
    Stream<ModelLine> computed =
        ruleTags.inForce().stream()
            .map(
                one ->
                    new ModelLine(
                        RuleTags.MODEL,
                        one.tag(),
                        tags.find(one.tag()).map(TagDefinition::name).orElse(one.tag()),
                        "/tags/" + one.tag(),
                        figures.held(one.tag(), staff.scope()),
                        runs.last(RuleTags.MODEL, one.tag()).orElse(null)));
    return Stream.concat(kept, computed).toList();
  }

  private List<Resting> resting(CurrentStaff staff, int offset, int limit) {
    List<Period> periods = coolingOffs.open(staff.scope(), offset, limit);
    Map<Long, String> refs = customers.refsOf(periods.stream().map(Period::customerId).toList());
    Map<String, String> names =
        policies.active(coolingKind, clock.instant()).value().rules().stream()
            .collect(Collectors.toMap(CoolingRule::code, CoolingRule::name));
    return periods.stream()
        .map(
            one ->
                new Resting(
                    refs.getOrDefault(one.customerId(), ""),
                    names.getOrDefault(one.rule(), one.rule()),
                    one.branch(),
                    one.until()))
        .toList();
  }
}
