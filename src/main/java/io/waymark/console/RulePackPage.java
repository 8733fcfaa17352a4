package io.waymark.console;

import io.waymark.compliance.ContentRule;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.PackDiff;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.compliance.watch.PackTrials;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One rule pack: its rules, what it changes, its file, its trials and its approval. */
@ConsolePage
class RulePackPage {

  private final RulePacks packs;
  private final PackTrials trials;
  private final RuleSubmission submission;
  private final Words words;
  private final Clock clock;

  RulePackPage(
      RulePacks packs, PackTrials trials, RuleSubmission submission, Words words, Clock clock) {
    this.packs = packs;
    this.trials = trials;
    this.submission = submission;
    this.words = words;
    this.clock = clock;
  }

  /** What the list is narrowed to; empty words narrow nothing. */
  public record RuleFilter(String q, String category, String level, String basis, String state) {

    boolean fits(ContentRule rule, LocalDate day) {
      String words =
          rule.id() + rule.alternative() + rule.phrases() + rule.patterns() + rule.hits();
      return (category.isEmpty() || rule.category().equals(category))
          && (level.isEmpty() || rule.level().code().equals(level))
          && (basis.isEmpty() || rule.basis().contains(basis))
          && (state.isEmpty() || stateOf(rule, day).equals(state))
          && words.toLowerCase(Locale.ROOT).contains(q.strip().toLowerCase(Locale.ROOT));
    }
  }

  /** {@code on}, {@code off}, {@code not_yet} or {@code over}. */
  static String stateOf(ContentRule rule, LocalDate day) {
    if (rule.disabled()) {
      return "off";
    }
    if (rule.inForce(day)) {
      return "on";
    }
    LocalDate from = rule.effectiveFrom();
    return from != null && day.isBefore(from) ? "not_yet" : "over";
  }

  @GetMapping("/rules/packs/{version}")
  String show(
      @PathVariable String version,
      RuleFilter asked,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    RulePack pack = pack(version);
    RulePackProposal proposal = packs.proposal(version).orElse(null);
    RuleFilter filter = filled(asked);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE);
    LocalDate day = pack.effectiveFrom().isAfter(today) ? pack.effectiveFrom() : today;
    List<ContentRule> rules = pack.rules().stream().filter(rule -> filter.fits(rule, day)).toList();
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean draft = proposal != null && proposal.approvedBy() == null;
    model.addAttribute("pack", pack);
    model.addAttribute("proposal", proposal);
    model.addAttribute("officer", officer);
    model.addAttribute("editable", draft && officer);
    model.addAttribute("draft", draft);
    submission.show(SubjectKind.RULE_PACK, version, draft, false, staff, model);
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> rules.stream().skip(offset).limit(ListPage.SIZE + 1L).toList()));
    model.addAttribute("total", rules.size());
    model.addAttribute("filter", filter);
    model.addAttribute("day", day);
    model.addAttribute(
        "states",
        pack.rules().stream()
            .collect(Collectors.toMap(ContentRule::id, rule -> stateOf(rule, day))));
    model.addAttribute("categories", options(pack.rules().stream().map(ContentRule::category)));
    model.addAttribute("bases", options(pack.rules().stream().flatMap(r -> r.basis().stream())));
    model.addAttribute(
        "levelOptions",
        words.options("finding.level", Stream.of(FindingLevel.values()).map(FindingLevel::code)));
    model.addAttribute(
        "stateOptions", words.options("rule.state", Stream.of("on", "off", "not_yet", "over")));
    model.addAttribute("trials", trials.of(version));
    model.addAttribute(
        "others",
        options(packs.all().stream().map(RulePack::version).filter(v -> !v.equals(version))));
    model.addAttribute("active", packs.active(clock.instant()).version());
    return "rule-pack";
  }

  private static RuleFilter filled(RuleFilter asked) {
    return new RuleFilter(
        orEmpty(asked.q()),
        orEmpty(asked.category()),
        orEmpty(asked.level()),
        orEmpty(asked.basis()),
        orEmpty(asked.state()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<Option> options(Stream<String> codes) {
    return codes.distinct().sorted().map(code -> new Option(code, code)).toList();
  }

  /** The pack as a file, as it could be imported elsewhere. */
  @GetMapping("/rules/packs/{version}/file")
  ResponseEntity<byte[]> file(@PathVariable String version) {
    String source = packs.source(version).orElseThrow(RulePackPage::missing);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/yaml;charset=UTF-8"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(version + ".yaml").build().toString())
        .body(source.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What differs from another pack.
   *
   * @param with version of the other one; by default the one in force
   */
  @GetMapping("/rules/packs/{version}/diff")
  String diff(
      @PathVariable String version, @RequestParam(defaultValue = "") String with, Model model) {
    String other = with.isEmpty() ? packs.active(clock.instant()).version() : with;
    RulePack newer = pack(version);
    model.addAttribute("pack", newer);
    model.addAttribute("other", other);
    model.addAttribute("diff", PackDiff.between(pack(other), newer));
    return "rule-diff";
  }

  @PostMapping("/rules/packs/{version}/submit")
  String submit(@PathVariable String version, CurrentStaff staff, RedirectAttributes next) {
    next.addAttribute("version", version);
    return submission.submit(
        SubjectKind.RULE_PACK, version, staff, next, "redirect:/rules/packs/{version}");
  }

  @PostMapping("/rules/packs/{version}/trial")
  String trial(@PathVariable String version, CurrentStaff staff, RedirectAttributes next) {
    pack(version);
    next.addAttribute("id", trials.start(version, staff.username()));
    return "redirect:/rules/trials/{id}";
  }

  private RulePack pack(String version) {
    return packs
        .source(version)
        .map(source -> RulePacks.parsed(source))
        .orElseThrow(RulePackPage::missing);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
