package io.waymark.console;

import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.compliance.watch.ContentPauses;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All rule packs: which is in force, which come, which are drafts; a new one begins here. */
@ConsolePage
class RulesPage {

  private static final long LARGEST = 2L * 1024 * 1024;

  private final RulePacks packs;
  private final ContentPauses pauses;
  private final Words words;
  private final Clock clock;

  RulesPage(RulePacks packs, ContentPauses pauses, Words words, Clock clock) {
    this.packs = packs;
    this.pauses = pauses;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One line of the list.
   *
   * @param status {@code in_force}, {@code coming}, {@code past} or {@code draft}
   */
  public record Line(
      String version,
      LocalDate effectiveFrom,
      String status,
      @Nullable String author,
      @Nullable String approvedBy) {}

  @GetMapping("/rules")
  String list(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    List<Line> lines = lines();
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> lines.stream().skip(offset).limit(ListPage.SIZE + 1L).toList()));
    model.addAttribute("officer", staff.member().role() == Role.COMPLIANCE);
    model.addAttribute("active", packs.active(clock.instant()).version());
    model.addAttribute("paused", pauses.standing());
    model.addAttribute("tomorrow", today().plusDays(1));
    return "rules";
  }

  private List<Line> lines() {
    List<RulePackProposal> stored = packs.proposals();
    List<RulePack> approved = packs.all();
    String active = packs.active(clock.instant()).version();
    List<Line> lines = new ArrayList<>();
    stored.stream()
        .filter(one -> one.approvedBy() == null)
        .forEach(
            one ->
                lines.add(
                    new Line(
                        one.version(),
                        LocalDate.ofInstant(one.effectiveFrom(), ExchangeCalendar.ZONE),
                        "draft",
                        one.author(),
                        null)));
    approved.stream()
        .sorted(Comparator.comparing(RulePack::effectiveFrom).reversed())
        .forEach(pack -> lines.add(line(pack, stored, active)));
    return lines;
  }

  private Line line(RulePack pack, List<RulePackProposal> stored, String active) {
    RulePackProposal proposal =
        stored.stream()
            .filter(one -> one.version().equals(pack.version()))
            .findFirst()
            .orElse(null);
    String status =
        pack.version().equals(active)
            ? "in_force"
            : pack.effectiveFrom().isAfter(today()) ? "coming" : "past";
    return new Line(
        pack.version(),
        pack.effectiveFrom(),
        status,
        proposal == null ? null : proposal.author(),
        proposal == null ? null : proposal.approvedBy());
  }

  @PostMapping("/rules/drafts")
  String begin(
      @RequestParam(defaultValue = "") String version,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate effectiveFrom,
      CurrentStaff staff,
      RedirectAttributes next) {
    if (!version.matches("[a-z0-9]+(-[a-z0-9]+)*") || title.isBlank() || effectiveFrom == null) {
      return refuse(words.of("rules.draft.incomplete"), next);
    }
    return open(
        () ->
            packs.draftOf(
                packs.active(clock.instant()).version(),
                version,
                title.strip(),
                effectiveFrom,
                staff.username()),
        next);
  }

  @PostMapping("/rules/import")
  String bring(
      @RequestParam(required = false) @Nullable MultipartFile file,
      CurrentStaff staff,
      RedirectAttributes next)
      throws IOException {
    if (file == null || file.isEmpty() || file.getSize() > LARGEST) {
      return refuse(words.of("rules.import.none"), next);
    }
    String yaml = new String(file.getBytes(), StandardCharsets.UTF_8);
    return open(() -> packs.propose(yaml, staff.username()), next);
  }

  private static String open(Supplier<RulePackProposal> act, RedirectAttributes next) {
    try {
      next.addAttribute("version", act.get().version());
      next.addFlashAttribute("said", "rules.draft.done");
      return "redirect:/rules/packs/{version}";
    } catch (RulePackException refused) {
      return refuse(refused.getMessage(), next);
    }
  }

  private static String refuse(@Nullable String sentence, RedirectAttributes next) {
    next.addFlashAttribute("refused", sentence);
    return "redirect:/rules";
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE);
  }
}
