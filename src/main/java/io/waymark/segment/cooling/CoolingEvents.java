package io.waymark.segment.cooling;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.segment.cooling.CoolingOffChanged.Period;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says as an event of the customer that a cooling-off period began or was lifted, in the
 * transaction that wrote it, so that a journey can be by his side (requirement J16).
 */
@Component
class CoolingEvents {

  private static final String SOURCE = "cooling";

  private final CustomerEvents events;
  private final Clock clock;

  CoolingEvents(CustomerEvents events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @EventListener
  void on(CoolingOffChanged change) {
    Instant now = clock.instant();
    String type = change.began() ? "cooling.began" : "cooling.lifted";
    events.record(
        change.periods().stream()
            .map(
                period ->
                    new InternalEvent(
                        SOURCE,
                        id(type, period),
                        period.customerId(),
                        period.branch(),
                        type,
                        now,
                        Map.of("rule", period.rule())))
            .toList());
  }

  private static String id(String type, Period period) {
    return "%s:%d:%d".formatted(type, period.customerId(), period.until().toEpochMilli());
  }
}
