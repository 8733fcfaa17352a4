package io.waymark.console;

import io.waymark.compliance.watch.ContentPauses;
import io.waymark.compliance.watch.Evasions;
import io.waymark.compliance.watch.PackScan;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What rules that came later paused, and violations that were hidden. */
@ConsolePage
class RuleHitsPage {

  private static final int PASSES = 5;

  private final ContentPauses pauses;
  private final Evasions evasions;
  private final PackScan scan;

  RuleHitsPage(ContentPauses pauses, Evasions evasions, PackScan scan) {
    this.pauses = pauses;
    this.evasions = evasions;
    this.scan = scan;
  }

  @GetMapping("/rules/hits")
  String paused(@RequestParam(defaultValue = "0") int page, Model model) {
    model.addAttribute(
        "page", ListPage.read(page, offset -> pauses.page(offset, ListPage.SIZE + 1)));
    model.addAttribute("passes", scan.latest(PASSES));
    return "rule-hits";
  }

  @GetMapping("/rules/evasions")
  String evasions(@RequestParam(defaultValue = "0") int page, Model model) {
    model.addAttribute(
        "page", ListPage.read(page, offset -> evasions.page(offset, ListPage.SIZE + 1)));
    return "rule-evasions";
  }
}
