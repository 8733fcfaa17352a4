package io.waymark.journey;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.live.Membership;
import io.waymark.segment.rule.Truth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Turns customer events into wishes to enter the journeys that declare them. */
@Component
public class EventEntries {

  private final LiveJourneys live;
  private final Enrolments enrolments;
  private final AudienceQuestions audiences;
  private final MarketingEntry entry;
  private final Clock clock;
  private final Duration window;

  EventEntries(
      LiveJourneys live,
      Enrolments enrolments,
      AudienceQuestions audiences,
      MarketingEntry entry,
      Clock clock,
      @Value("${waymark.journey.entry-window:3d}") Duration window) {
    this.live = live;
    this.enrolments = enrolments;
    this.audiences = audiences;
    this.entry = entry;
    this.clock = clock;
    this.window = window;
  }

  /**
   * Queues an enrolment for each event that a live journey declares as its entry, and for each
   * entering of its audience when that has no schedule. An event that happened longer ago than the
   * entry window (property {@code waymark.journey.entry-window}) is history and lets nobody in; nor
   * does one whose customer the entry filter does not know.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void request(List<CustomerEvent> events) {
    List<EntryRequest> requests = new ArrayList<>();
    for (JourneyVersion version : live.versions()) {
      List<CustomerEvent> entering =
          events.stream()
              .filter(event -> letsIn(version.settings(), event))
              .filter(this::recent)
              .toList();
      if (!entering.isEmpty()) {
        passing(version, entering).map(event -> wish(version, event)).forEach(requests::add);
      }
    }
    if (!requests.isEmpty()) {
      enrolments.request(requests);
    }
  }

  /** An audience without a schedule lets in whoever becomes its member. */
  private static boolean letsIn(JourneySettings settings, CustomerEvent event) {
    return event.type().equals(settings.entryEvent())
        || settings.entersLive()
            && event.type().equals(Membership.ENTERED)
            && event.properties().get("audience") instanceof String code
            && code.equals(settings.entryAudience());
  }

  private boolean recent(CustomerEvent event) {
    return event.occurredAt().isAfter(clock.instant().minus(window));
  }

  private Stream<CustomerEvent> passing(JourneyVersion version, List<CustomerEvent> entering) {
    String filter = version.settings().entryFilter();
    boolean asksAudience = filter != null || version.settings().entersLive();
    if (asksAudience && !entry.open(version)) {
      return Stream.empty();
    }
    if (filter == null) {
      return entering.stream();
    }
    List<Long> customers = entering.stream().map(CustomerEvent::customerId).distinct().toList();
    Map<Long, Truth> truths = audiences.test(filter, customers, clock.instant());
    return entering.stream().filter(event -> truths.get(event.customerId()) == Truth.YES);
  }

  private static EntryRequest wish(JourneyVersion version, CustomerEvent event) {
    return new EntryRequest(
        version,
        event.customerId(),
        event.branch(),
        EntryCause.EVENT,
        Long.toString(event.seq()),
        event.seq());
  }
}
