package io.waymark.platform.calendar;

import java.util.Optional;

/** Where the exchange calendar finds the years that are published. */
@FunctionalInterface
public interface PublishedYears {

  /** The year as published, or empty while the exchange has not announced it. */
  Optional<CalendarYear> find(int year);
}
