package io.waymark.console;

import io.waymark.advisor.CustomerNotes;
import io.waymark.console.security.CurrentStaff;
import io.waymark.console.security.Room;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.TimelineEntry;
import io.waymark.journey.LeaveReasons;
import io.waymark.journey.Participations;
import io.waymark.journey.Standing;
import io.waymark.journey.Standings;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One customer: who, what was agreed to, how much risk fits, and everything that happened. */
@ConsolePage
class CustomerPage {

  static final List<Purpose> PURPOSES =
      List.of(
          Purpose.SERVICE,
          Purpose.EDUCATION,
          Purpose.PRODUCT_MARKETING,
          Purpose.MARGIN_MARKETING,
          Purpose.ACTIVITY);
  static final List<Channel> CHANNELS =
      List.of(Channel.SMS, Channel.EMAIL, Channel.IN_APP, Channel.PHONE);
  private static final Duration SHOWN = Duration.ofDays(90);

  /** Lines of the timeline on one page. */
  private static final int LINES = 50;

  private static final List<String> KINDS =
      List.of(
          "event",
          "tag",
          "consent",
          "assessment",
          "journey",
          "message",
          "verdict",
          "task",
          "suppression");

  private static final int NOTES = 20;

  private final Customers customers;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final History timeline;
  private final Participations participations;
  private final Standings standings;
  private final JourneyNames journeys;
  private final CustomerStanding standing;
  private final CustomerNotes notes;
  private final Clock clock;
  private final Moments moments;
  private final Words words;

  CustomerPage(
      Customers customers,
      Consents consents,
      RiskAssessments assessments,
      History timeline,
      Participations participations,
      Standings standings,
      JourneyNames journeys,
      CustomerStanding standing,
      CustomerNotes notes,
      Clock clock,
      Moments moments,
      Words words) {
    this.customers = customers;
    this.consents = consents;
    this.assessments = assessments;
    this.timeline = timeline;
    this.participations = participations;
    this.standings = standings;
    this.journeys = journeys;
    this.standing = standing;
    this.notes = notes;
    this.clock = clock;
    this.moments = moments;
    this.words = words;
  }

  @GetMapping("/customers/{ref}")
  String show(
      @PathVariable String ref,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(required = false) @Nullable Instant before,
      CurrentStaff staff,
      Model model) {
    CustomerProfile customer =
        customers
            .find(ref, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    describe(customer, staff, model);
    boolean cares = notes.cares(customer.id(), staff.username(), staff.scope());
    model.addAttribute("cares", cares);
    model.addAttribute(
        "customerNotes",
        cares ? notes.of(customer.id(), staff.username(), staff.scope(), NOTES) : List.of());
    model.addAttribute("belongings", standing.audiences(customer.id()));
    model.addAttribute("opensAudiences", Room.AUDIENCES.roles().contains(staff.member().role()));
    Instant to = before == null ? clock.instant().plusMillis(1) : before;
    Instant from = to.minus(SHOWN);
    List<TimelineEntry> lines = page(timeline.oldestFirst(customer.id(), from, to, kind));
    boolean more = lines.size() >= LINES;
    model.addAttribute("kinds", words.options("kind", KINDS.stream()));
    model.addAttribute("kind", kind);
    model.addAttribute("days", days(lines, kind));
    model.addAttribute("from", more ? lines.get(0).at() : from);
    model.addAttribute("later", before != null);
    return "customer";
  }

  /** The newest lines; those of one moment stay together, for the next page begins before it. */
  static List<TimelineEntry> page(List<TimelineEntry> oldestFirst) {
    int first = Math.max(0, oldestFirst.size() - LINES);
    while (first > 0 && oldestFirst.get(first - 1).at().equals(oldestFirst.get(first).at())) {
      first--;
    }
    return oldestFirst.subList(first, oldestFirst.size());
  }

  /** Facts that the task page shows as well. */
  void describe(CustomerProfile customer, CurrentStaff staff, Model model) {
    Instant now = clock.instant();
    List<Long> one = List.of(customer.id());
    model.addAttribute("customer", customer);
    model.addAttribute("tagLines", standing.tags(customer.id(), staff.member().role()));
    Map<String, String> names = journeys.byKey();
    model.addAttribute("journeyNames", names);
    model.addAttribute("ways", ways(customer.id(), names, staff.scope()));
    model.addAttribute(
        "consents", rows(consents.of(one).getOrDefault(customer.id(), ConsentMatrix.empty()), now));
    model.addAttribute("opensJourneys", Room.JOURNEYS.roles().contains(staff.member().role()));
    model.addAttribute("channels", CHANNELS.stream().map(Channel::code).toList());
    RiskAssessment assessment = assessments.current(one).get(customer.id());
    model.addAttribute("assessment", assessment);
    model.addAttribute(
        "assessmentValid", assessment != null && !now.isAfter(assessment.expiresAt()));
  }

  /** Newest day first, and within a day the newest line first. */
  Map<String, List<TimelineEntry>> days(List<TimelineEntry> oldestFirst, String kind) {
    List<TimelineEntry> lines =
        new ArrayList<>(
            oldestFirst.stream()
                .filter(line -> kind.isBlank() || line.kind().equals(kind))
                .toList());
    Collections.reverse(lines);
    Map<String, List<TimelineEntry>> days = new LinkedHashMap<>();
    for (TimelineEntry line : lines) {
      days.computeIfAbsent(moments.day(line.at()), day -> new ArrayList<>()).add(line);
    }
    return days;
  }

  private static List<ConsentRow> rows(ConsentMatrix matrix, Instant now) {
    return PURPOSES.stream()
        .map(
            purpose ->
                new ConsentRow(
                    purpose.code(),
                    CHANNELS.stream()
                        .map(channel -> matrix.state(purpose, channel, now))
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .toList()))
        .toList();
  }

  private List<Way> ways(long customerId, Map<String, String> names, BranchScope scope) {
    return participations.ofCustomer(customerId).stream()
        .limit(10)
        .map(
            one ->
                new Way(
                    one.id(),
                    names.getOrDefault(one.journeyKey(), one.journeyKey()),
                    one.enteredAt().toInstant(),
                    one.leftAt() == null ? null : one.leftAt().toInstant(),
                    one.leftReason() == null ? "" : LeaveReasons.title(one.leftReason()),
                    one.goal() != null,
                    one.leftAt() == null ? standings.of(one.id(), scope).orElse(null) : null))
        .toList();
  }

  /**
   * One journey the customer is or was in.
   *
   * @param standing where he stands in it; null once he has left
   */
  public record Way(
      long participation,
      String journey,
      Instant enteredAt,
      @Nullable Instant leftAt,
      String reason,
      boolean goal,
      @Nullable Standing standing) {}

  /** One line of the consent matrix: a purpose and its state on each channel. */
  public record ConsentRow(String purpose, List<String> states) {}
}
