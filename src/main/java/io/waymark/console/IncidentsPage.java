package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.journey.Enrolments;
import io.waymark.journey.FailedEnrolment;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What got stuck and needs an operator: failed entries here, failed jobs in Cockpit. */
@ConsolePage
class IncidentsPage {

  private final Enrolments enrolments;
  private final Customers customers;
  private final JourneyNames journeys;

  IncidentsPage(Enrolments enrolments, Customers customers, JourneyNames journeys) {
    this.enrolments = enrolments;
    this.customers = customers;
    this.journeys = journeys;
  }

  @GetMapping("/incidents")
  String list(
      @RequestParam(defaultValue = "") String journey,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    ListPage<FailedEnrolment> found =
        ListPage.read(
            page,
            offset ->
                enrolments.failed(
                    journey.isBlank() ? null : journey, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(
            found.rows().stream().map(FailedEnrolment::customerId).distinct().toList());
    Map<String, String> names = journeys.byKey();
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(
                    one ->
                        new Line(
                            one,
                            refs.getOrDefault(one.customerId(), ""),
                            names.getOrDefault(one.journeyKey(), one.journeyKey())))
                .toList()));
    model.addAttribute("journey", journey);
    List<Option> choices =
        names.entrySet().stream().map(one -> new Option(one.getKey(), one.getValue())).toList();
    model.addAttribute("journeys", choices);
    return "incidents";
  }

  @PostMapping("/incidents/{id}/retry")
  String retry(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String journey,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addFlashAttribute(
        "said", enrolments.retry(id, staff.scope()) ? "incidents.retried" : "incidents.gone");
    if (!journey.isBlank()) {
      next.addAttribute("journey", journey);
    }
    return "redirect:/incidents";
  }

  /** One failed entry, with the names people know it by. */
  public record Line(FailedEnrolment failed, String customer, String journey) {}
}
