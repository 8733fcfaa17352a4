package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.platform.staff.Role;
import io.waymark.suitability.investor.ApplicationRefusedException;
import io.waymark.suitability.investor.ClassApplication;
import io.waymark.suitability.investor.InvestorClasses;
import io.waymark.suitability.investor.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes between ordinary and professional investors. */
@ConsolePage
class InvestorsPage {

  private static final List<String> STATUSES =
      List.of("applied", "tested", "approved", "refused", "withdrawn");

  private final InvestorClasses classes;
  private final Customers customers;
  private final Words words;

  InvestorsPage(InvestorClasses classes, Customers customers, Words words) {
    this.classes = classes;
    this.customers = customers;
    this.words = words;
  }

  @GetMapping("/investors")
  String list(
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    String wanted = STATUSES.contains(status) ? status : null;
    ListPage<ClassApplication> found =
        ListPage.read(
            page, offset -> classes.page(wanted, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(
            found.rows().stream().map(ClassApplication::customerId).distinct().toList());
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(one -> new Line(one, refs.getOrDefault(one.customerId(), "")))
                .toList()));
    model.addAttribute("status", status);
    model.addAttribute("statuses", words.options("investor.status", STATUSES.stream()));
    model.addAttribute(
        "routes", words.options("investor.route", Stream.of(Route.values()).map(Route::code)));
    return "investors";
  }

  @PostMapping("/investors")
  String apply(
      @RequestParam(defaultValue = "") String customer,
      @RequestParam(defaultValue = "") String route,
      @RequestParam(defaultValue = "") String materials,
      CurrentStaff staff,
      RedirectAttributes next) {
    try {
      Route wanted =
          Stream.of(Route.values())
              .filter(one -> one.code().equals(route))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ApplicationRefusedException("route", words.of("investor.route.missing")));
      long id = classes.apply(customer.strip(), wanted, materials, staff.username(), staff.scope());
      next.addAttribute("id", id);
      next.addFlashAttribute("said", "investor.applied");
      return "redirect:/investors/{id}";
    } catch (ApplicationRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/investors";
    }
  }

  @GetMapping("/investors/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    ClassApplication one =
        classes
            .find(id, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean took =
        staff.username().equalsIgnoreCase(one.appliedBy())
            || staff.username().equalsIgnoreCase(one.testedBy());
    model.addAttribute("one", one);
    model.addAttribute(
        "customer", customers.refsOf(List.of(one.customerId())).getOrDefault(one.customerId(), ""));
    model.addAttribute("testable", one.open());
    model.addAttribute("decidable", one.open() && officer && !took);
    model.addAttribute("took", one.open() && officer && took);
    if (one.route() != Route.REVERT) {
      model.addAttribute("requirement", classes.requirement(one.route()));
    }
    return "investor";
  }

  @PostMapping("/investors/{id}/test")
  String test(
      @PathVariable long id,
      @RequestParam(defaultValue = "-1") int score,
      @RequestParam(defaultValue = "false") boolean passed,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        id,
        "investor.tested",
        next,
        () -> classes.recordTest(id, score, passed, staff.username(), staff.scope()));
  }

  @PostMapping("/investors/{id}/decide")
  String decide(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    boolean approve = outcome.equals("approved");
    return act(
        id,
        approve ? "investor.approved" : "investor.refused",
        next,
        () -> classes.decide(id, approve, reason, staff.username(), staff.scope()));
  }

  private static String act(long id, String said, RedirectAttributes next, Runnable act) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (ApplicationRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("id", id);
    return "redirect:/investors/{id}";
  }

  /** An application with the customer's number. */
  public record Line(ClassApplication application, String customer) {}
}
