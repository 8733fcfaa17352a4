package io.waymark.console;

import io.waymark.compliance.ContentRule;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One rule: read in any pack, changed in a draft, tried on the sentences kept with it. */
@ConsolePage
class RulePage {

  /** Address of a rule that is not yet there. */
  private static final String NEW = "new";

  private final RulePacks packs;
  private final Words words;

  RulePage(RulePacks packs, Words words) {
    this.packs = packs;
    this.words = words;
  }

  @GetMapping("/rules/packs/{version}/rules/{id}")
  String show(
      @PathVariable String version, @PathVariable String id, CurrentStaff staff, Model model) {
    RulePack pack = pack(version);
    if (id.equals(NEW)) {
      return page(pack, id, RuleForm.blank(), Map.of(), staff, model);
    }
    ContentRule rule = pack.rule(id).orElseThrow(RulePage::missing);
    model.addAttribute("trial", packs.tried(version, rule));
    return page(pack, id, RuleForm.of(rule), Map.of(), staff, model);
  }

  /**
   * Tries or keeps what was written.
   *
   * @param act {@code save} keeps it; anything else only tries it
   */
  @PostMapping("/rules/packs/{version}/rules/{id}")
  String change(
      @PathVariable String version,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String act,
      @RequestParam MultiValueMap<String, String> fields,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    RulePack pack = pack(version);
    boolean fresh = id.equals(NEW);
    RuleForm form = RuleForm.sent(fields, fresh ? "" : id);
    Map<String, String> problems = new LinkedHashMap<>(form.problems(pack, fresh, words));
    if (problems.isEmpty()) {
      try {
        model.addAttribute("trial", packs.tried(version, form.rule()));
        if (act.equals("save")) {
          String hash = Objects.requireNonNullElse(fields.getFirst("hash"), "");
          packs.edit(version, hash, form.rule(), staff.username());
          next.addAttribute("version", version);
          next.addAttribute("q", form.id());
          next.addFlashAttribute("said", "rule.saved");
          return "redirect:/rules/packs/{version}";
        }
      } catch (RulePackException refused) {
        problems.put(fieldOf(refused.getMessage()), refused.getMessage());
      }
    }
    return page(pack, id, form, problems, staff, model);
  }

  /** The reader names the expression or the word; the form shows the sentence beside it. */
  private static String fieldOf(@Nullable String sentence) {
    String said = Objects.requireNonNullElse(sentence, "");
    if (said.contains("例句")) {
      return "hits";
    }
    if (said.contains("表达式")) {
      return "match";
    }
    return said.contains("字词") ? "phrases" : "rule";
  }

  private String page(
      RulePack pack,
      String id,
      RuleForm form,
      Map<String, String> problems,
      CurrentStaff staff,
      Model model) {
    RulePackProposal proposal = packs.proposal(pack.version()).orElse(null);
    boolean draft = proposal != null && proposal.approvedBy() == null;
    model.addAttribute("pack", pack);
    model.addAttribute("id", id);
    model.addAttribute("fresh", id.equals(NEW));
    model.addAttribute("form", form);
    model.addAttribute("problems", problems);
    model.addAttribute("editable", draft && staff.member().role() == Role.COMPLIANCE);
    model.addAttribute(
        "levels",
        words.options("finding.level", Stream.of(FindingLevel.values()).map(FindingLevel::code)));
    model.addAttribute(
        "categories", pack.rules().stream().map(ContentRule::category).distinct().toList());
    return "rule";
  }

  private RulePack pack(String version) {
    return packs.source(version).map(RulePacks::parsed).orElseThrow(RulePage::missing);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
