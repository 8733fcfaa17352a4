package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.customer.load.ImportJob;
import io.waymark.customer.load.Imports;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Files of any size: handed in here, followed here, with every refused row. */
@ConsolePage
class ImportsPage {

  private final Imports imports;
  private final RejectedRows rejected;
  private final Words words;

  ImportsPage(Imports imports, RejectedRows rejected, Words words) {
    this.imports = imports;
    this.rejected = rejected;
    this.words = words;
  }

  @GetMapping("/imports")
  String list(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    boolean may = staff.scope().all();
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> may ? imports.page(offset, ListPage.SIZE + 1) : List.<ImportJob>of()));
    model.addAttribute("may", may);
    model.addAttribute(
        "kinds", words.options("import.kind", Stream.of("events", "tags", "customers")));
    model.addAttribute("formats", words.options("import.format", Stream.of("csv", "ndjson")));
    return "imports";
  }

  @GetMapping("/imports/{id}")
  String one(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    model.addAttribute("job", found(id, staff));
    ListPage<RejectedRow> refused =
        ListPage.read(page, offset -> rejected.ofImport(id, offset, ListPage.SIZE + 1));
    model.addAttribute("page", refused);
    return "import";
  }

  @PostMapping("/imports/{id}/cancel")
  String cancel(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    found(id, staff);
    next.addFlashAttribute(
        "said", imports.cancel(id, staff.username()) ? "imports.cancelled" : "imports.ended");
    return "redirect:/imports/" + id;
  }

  /** Files belong to the whole house: who sees some branches only sees none. */
  private ImportJob found(long id, CurrentStaff staff) {
    return imports
        .find(id)
        .filter(job -> staff.scope().all())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
