package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerFilter;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of customers, masked, within the reader's branches. */
@ConsolePage
class CustomersPage {

  private final Customers customers;
  private final Words words;

  CustomersPage(Customers customers, Words words) {
    this.customers = customers;
    this.words = words;
  }

  @GetMapping("/customers")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String branch,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    var filter =
        new CustomerFilter(
            given(q),
            given(branch),
            null,
            (CustomerClass) null,
            legalStatus(status),
            tier.isBlank() ? null : "tier",
            given(tier));
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> customers.page(filter, staff.scope(), offset, ListPage.SIZE + 1)));
    model.addAttribute("q", q);
    model.addAttribute("branch", branch);
    model.addAttribute("status", status);
    model.addAttribute("tier", tier);
    model.addAttribute("branches", words.branches());
    model.addAttribute(
        "statuses",
        words.options("legal", Stream.of(LegalStatus.values()).map(CustomersPage::code)));
    model.addAttribute(
        "tiers", words.options("tier", Stream.of("core", "growth", "mass", "dormant")));
    return "customers";
  }

  private static @Nullable String given(String value) {
    return value.isBlank() ? null : value.strip();
  }

  private static @Nullable LegalStatus legalStatus(String code) {
    return Stream.of(LegalStatus.values())
        .filter(status -> code(status).equals(code))
        .findFirst()
        .orElse(null);
  }

  private static String code(LegalStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
