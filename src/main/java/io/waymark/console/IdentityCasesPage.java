package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.identity.IdentityCase;
import io.waymark.customer.identity.IdentityCases;
import io.waymark.customer.identity.MergeRefusedException;
import io.waymark.journey.Participations;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Records that state the same identity and that the rules may not merge: a person decides. */
@ConsolePage
class IdentityCasesPage {

  private final IdentityCases cases;
  private final Customers customers;
  private final JourneyNames journeys;
  private final Participations participations;
  private final Words words;

  IdentityCasesPage(
      IdentityCases cases,
      Customers customers,
      JourneyNames journeys,
      Participations participations,
      Words words) {
    this.cases = cases;
    this.customers = customers;
    this.journeys = journeys;
    this.participations = participations;
    this.words = words;
  }

  @GetMapping("/rights/cases")
  String list(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    ListPage<IdentityCase> found =
        ListPage.read(page, offset -> cases.page(staff.scope(), offset, ListPage.SIZE + 1));
    model.addAttribute("page", found);
    return "identity-cases";
  }

  @GetMapping("/rights/cases/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    IdentityCase one =
        cases
            .find(id, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("one", one);
    model.addAttribute("sides", sides(one));
    model.addAttribute("reasons", one.reasons().stream().map(this::said).toList());
    return "identity-case";
  }

  @PostMapping("/rights/cases/{id}/merge")
  String merge(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        id,
        next,
        "identity_case.merged",
        () -> cases.merge(id, reason, staff.username(), staff.scope()));
  }

  @PostMapping("/rights/cases/{id}/apart")
  String apart(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        id,
        next,
        "identity_case.apart",
        () -> cases.keepApart(id, reason, staff.username(), staff.scope()));
  }

  private static String act(long id, RedirectAttributes next, String said, Runnable act) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (MergeRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/rights/cases/" + id;
  }

  /** A code such as {@code more:fund_account} in words. */
  private String said(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0
        ? words.of("identity_case.reason." + reason)
        : words.of(
            "identity_case.reason." + reason.substring(0, colon),
            words.of("identity." + reason.substring(colon + 1)));
  }

  private List<Side> sides(IdentityCase one) {
    return customers.profiles(List.of(one.oneId(), one.otherId())).stream()
        .map(
            record ->
                new Side(
                    record,
                    participations.ofCustomer(record.id()).stream()
                        .filter(way -> way.leftAt() == null)
                        .map(
                            way ->
                                journeys.byKey().getOrDefault(way.journeyKey(), way.journeyKey()))
                        .toList()))
        .toList();
  }

  /**
   * One of the two records.
   *
   * @param journeys names of those it is in
   */
  public record Side(CustomerProfile profile, List<String> journeys) {}
}
