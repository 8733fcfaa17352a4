package io.waymark.customer;

import java.time.Instant;
import java.util.List;

/** A part of Waymark that has something to say about one customer's history; implemented above. */
public interface TimelineSource {

  /** Entries with {@code from <= at < to}, oldest first. */
  List<TimelineEntry> of(long customerId, Instant from, Instant to);
}
