package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.customer.event.ParkedEvent;
import io.waymark.customer.event.ParkedEvents;
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

  private static final int MOST_PARKED = 100;

  private final Enrolments enrolments;
  private final Customers customers;
  private final JourneyNames journeys;
  private final ParkedEvents parked;

  IncidentsPage(
      Enrolments enrolments, Customers customers, JourneyNames journeys, ParkedEvents parked) {
    this.parked = parked;
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
    model.addAttribute("parked", parked(staff));
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

  private List<ParkedLine> parked(CurrentStaff staff) {
    List<ParkedEvent> events = parked.page(staff.scope(), 0, MOST_PARKED);
    Map<Long, String> refs =
        customers.refsOf(events.stream().map(ParkedEvent::customerId).distinct().toList());
    return events.stream()
        .map(event -> new ParkedLine(event, refs.getOrDefault(event.customerId(), "")))
        .toList();
  }

  @PostMapping("/incidents/events/{id}/retry")
  String retryEvent(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    boolean queued = parked.retry(id, staff.scope(), staff.username());
    next.addFlashAttribute("said", queued ? "incidents.event.retried" : "incidents.event.gone");
    return "redirect:/incidents";
  }

  @PostMapping("/incidents/events/{id}/drop")
  String dropEvent(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    boolean dropped = parked.drop(id, staff.scope(), staff.username());
    next.addFlashAttribute("said", dropped ? "incidents.event.dropped" : "incidents.event.gone");
    return "redirect:/incidents";
  }

  /** One parked event, with its customer's number. */
  public record ParkedLine(ParkedEvent event, String customer) {}

  /** One failed entry, with the names people know it by. */
  public record Line(FailedEnrolment failed, String customer, String journey) {}
}
