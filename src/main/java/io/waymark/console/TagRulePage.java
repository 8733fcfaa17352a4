package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRefusedException;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.segment.tagging.RuleTagTrial;
import io.waymark.segment.tagging.RuleTags;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rule of a computed tag: tried out, switched on and approved, switched off. */
@ConsolePage
class TagRulePage {

  private final TagRegistry registry;
  private final RuleTags ruleTags;
  private final RuleTagTrial trial;

  TagRulePage(TagRegistry registry, RuleTags ruleTags, RuleTagTrial trial) {
    this.registry = registry;
    this.ruleTags = ruleTags;
    this.trial = trial;
  }

  /** How many customers of the viewer's branches would get which value. */
  @GetMapping("/tags/{code}/trial")
  String trial(@PathVariable String code, CurrentStaff staff, Model model) {
    TagDefinition tag =
        registry
            .find(code)
            .filter(one -> one.source() == TagSource.RULE)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("tag", tag);
    try {
      model.addAttribute("shares", trial.of(tag, staff.scope()));
    } catch (TagRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
    }
    return "tag-trial";
  }

  @PostMapping("/tags/{code}/on")
  String on(@PathVariable String code, CurrentStaff staff, RedirectAttributes next) {
    return decided(
        code, "tags.rule.on.said", next, () -> ruleTags.switchOn(code, staff.username()));
  }

  @PostMapping("/tags/{code}/off")
  String off(@PathVariable String code, CurrentStaff staff, RedirectAttributes next) {
    return decided(
        code, "tags.rule.off.said", next, () -> ruleTags.switchOff(code, staff.username()));
  }

  @PostMapping("/tags/{code}/approve")
  String approve(
      @PathVariable String code,
      @RequestParam long rule,
      CurrentStaff staff,
      RedirectAttributes next) {
    return decided(
        code, "tags.rule.approved.said", next, () -> ruleTags.approve(rule, staff.username()));
  }

  private static String decided(String code, String said, RedirectAttributes next, Runnable act) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (TagRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("code", code);
    return "redirect:/tags/{code}";
  }
}
