package io.waymark.customer.event;

import io.waymark.customer.CustomerLookup;
import io.waymark.platform.RowProblem;
import io.waymark.platform.RowProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is left of a batch of events after all checks, and what was wrong with the rest.
 *
 * @param rows sound events of known customers, in the order given
 * @param problems by position, unsorted
 * @param undeclared how many of the sound ones were of each type nobody declared
 */
record SoundEvents(List<EventRow> rows, List<RowProblem> problems, Map<String, Long> undeclared) {

  /**
   * Checks a batch; one statement to find its customers.
   *
   * @param concealed takes out of an event what may not be kept in clear
   */
  static SoundEvents of(
      String source,
      List<IncomingEvent> events,
      UnaryOperator<IncomingEvent> concealed,
      Map<String, EventType> types,
      CustomerLookup lookup,
      Instant now) {
    if (source.isBlank()) {
      throw new IllegalArgumentException("事件来源不能为空,请填写来源系统的名称");
    }
    EventChecks checks = new EventChecks(types, now);
    Map<String, CustomerLookup.Known> customers =
        lookup.find(
            events.stream()
                .map(IncomingEvent::customer)
                .filter(name -> !RowProblems.blank(name))
                .distinct()
                .toList());
    List<EventRow> sound = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      int position = i + 1;
      IncomingEvent event = concealed.apply(events.get(i));
      Optional<String> properties = checks.properties(position, event);
      if (properties.isEmpty()) {
        continue;
      }
      Optional.ofNullable(customers.get(event.customer()))
          .ifPresentOrElse(
              known -> sound.add(EventRow.of(source, event, known, properties.get())),
              () -> checks.problems().unknownCustomer(position));
    }
    return new SoundEvents(sound, checks.problems().all(), checks.undeclared());
  }
}
