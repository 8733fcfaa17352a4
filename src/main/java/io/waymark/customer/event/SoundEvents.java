package io.waymark.customer.event;

import io.waymark.customer.CustomerLookup;
import io.waymark.platform.RowProblem;
import io.waymark.platform.RowProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
   * @param stated what was wrong with the identities the events state; those events are refused
   * @param concealed takes out of an event what may not be kept in clear
   */
  static SoundEvents of(
      String source,
      List<IncomingEvent> events,
      List<RowProblem> stated,
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
    Set<Integer> refused = stated.stream().map(RowProblem::position).collect(Collectors.toSet());
    List<EventRow> sound = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      int position = i + 1;
      if (refused.contains(position)) {
        continue;
      }
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
    List<RowProblem> problems = new ArrayList<>(stated);
    problems.addAll(checks.problems().all());
    return new SoundEvents(sound, problems, checks.undeclared());
  }
}
