package io.waymark.console;

import io.waymark.compliance.abuse.AbuseCase;
import io.waymark.compliance.abuse.AbuseCases;
import io.waymark.compliance.abuse.AbusePolicyKind;
import io.waymark.compliance.abuse.AbuseRefusedException;
import io.waymark.compliance.abuse.AbuseStatus;
import io.waymark.compliance.abuse.VelocityRule;
import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.staff.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Cases of campaign abuse: who is held and why, and the officer's decision. */
@ConsolePage
class AbusePage {

  private final AbuseCases cases;
  private final AbusePolicyKind kind;
  private final PolicyDocuments policies;
  private final Customers customers;
  private final Words words;
  private final Clock clock;

  AbusePage(
      AbuseCases cases,
      AbusePolicyKind kind,
      PolicyDocuments policies,
      Customers customers,
      Words words,
      Clock clock) {
    this.cases = cases;
    this.kind = kind;
    this.policies = policies;
    this.customers = customers;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/abuse")
  String list(
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    AbuseStatus wanted =
        Stream.of(AbuseStatus.values())
            .filter(one -> one.code().equals(status))
            .findFirst()
            .orElse(null);
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> cases.page(wanted, staff.scope(), offset, ListPage.SIZE + 1)));
    model.addAttribute("status", status);
    model.addAttribute(
        "statuses",
        words.options("abuse.status", Stream.of(AbuseStatus.values()).map(AbuseStatus::code)));
    model.addAttribute("rules", rules());
    return "abuse";
  }

  @GetMapping("/abuse/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    AbuseCase found =
        cases
            .find(id, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<Long, Instant> held = cases.customers(id, staff.scope());
    Map<Long, String> refs = customers.refsOf(held.keySet());
    List<Involved> involved =
        held.entrySet().stream()
            .map(one -> new Involved(refs.getOrDefault(one.getKey(), ""), one.getValue()))
            .toList();
    model.addAttribute("one", found);
    model.addAttribute("involved", involved);
    model.addAttribute("rules", rules());
    model.addAttribute(
        "decidable",
        found.status() == AbuseStatus.OPEN && staff.member().role() == Role.COMPLIANCE);
    return "abuse-case";
  }

  @PostMapping("/abuse/{id}/decide")
  String decide(
      @PathVariable long id,
      @RequestParam String outcome,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    boolean release = outcome.equals("released");
    try {
      cases.decide(
          id,
          release ? AbuseStatus.RELEASED : AbuseStatus.CONFIRMED,
          reason,
          staff.username(),
          staff.scope());
      next.addFlashAttribute("said", release ? "abuse.released" : "abuse.confirmed");
    } catch (AbuseRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("id", id);
    return "redirect:/abuse/{id}";
  }

  private Map<String, String> rules() {
    return policies.active(kind, clock.instant()).value().rules().stream()
        .collect(Collectors.toMap(VelocityRule::code, VelocityRule::name));
  }

  /** A customer of a case. */
  public record Involved(String customer, Instant since) {}
}
