package io.waymark.console;

import io.waymark.advisor.CustomerNotes;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Notes of advisors on a customer. */
@ConsolePage
class CustomerNotesPage {

  private final Customers customers;
  private final CustomerNotes notes;

  CustomerNotesPage(Customers customers, CustomerNotes notes) {
    this.customers = customers;
    this.notes = notes;
  }

  @PostMapping("/customers/{ref}/notes")
  String write(
      @PathVariable String ref,
      @RequestParam(defaultValue = "") String text,
      CurrentStaff staff,
      RedirectAttributes next) {
    CustomerProfile customer =
        customers
            .find(ref, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    try {
      notes.write(customer.id(), text, staff.username(), staff.scope());
      next.addFlashAttribute("said", "notes.written");
    } catch (TaskRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("unsaved", text);
    }
    next.addAttribute("ref", ref);
    return "redirect:/customers/{ref}";
  }
}
