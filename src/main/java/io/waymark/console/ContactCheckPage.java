package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Asks the gate about one customer and one text, now or at a past moment. */
@ConsolePage
class ContactCheckPage {

  private static final int OFFERED = 500;
  private static final TemplateFilter APPROVED =
      new TemplateFilter(TemplateStatus.APPROVED, null, null);

  private final Customers customers;
  private final Templates templates;
  private final ContactChecks checks;

  ContactCheckPage(Customers customers, Templates templates, ContactChecks checks) {
    this.customers = customers;
    this.templates = templates;
    this.checks = checks;
  }

  @GetMapping("/customers/{ref}/contact-check")
  String show(
      @PathVariable String ref,
      @RequestParam(defaultValue = "") String template,
      @RequestParam(defaultValue = "") String product,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
          @Nullable LocalDateTime at,
      CurrentStaff staff,
      Model model) {
    CustomerProfile customer =
        customers
            .find(ref, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("customer", customer);
    model.addAttribute("template", template);
    model.addAttribute("product", product);
    model.addAttribute("at", at == null ? "" : at.toString());
    model.addAttribute("templates", codes());
    model.addAttribute(
        "check",
        template.isBlank()
            ? null
            : checks.ask(
                customer,
                template.strip(),
                product.isBlank() ? null : product.strip(),
                at == null ? null : at.atZone(ExchangeCalendar.ZONE).toInstant()));
    return "contact-check";
  }

  private List<String> codes() {
    return templates.page(APPROVED, 0, OFFERED).stream()
        .map(TemplateVersion::code)
        .distinct()
        .sorted()
        .toList();
  }
}
