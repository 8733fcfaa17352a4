package io.waymark.console;

import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One customer's history, put together from every part of Waymark that has something to say. */
@Component
public class History {

  private static final Duration USUAL = Duration.ofDays(90);

  private final List<TimelineSource> sources;
  private final Clock clock;

  History(List<TimelineSource> sources, Clock clock) {
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /**
   * The lines of a time, oldest first.
   *
   * @param from not before; null for 90 days before {@code to}
   * @param to before; null for now
   * @param kind only lines of this kind; null or blank for all
   */
  public List<TimelineEntry> oldestFirst(
      long customerId, @Nullable Instant from, @Nullable Instant to, @Nullable String kind) {
    Instant end = to == null ? clock.instant().plusMillis(1) : to;
    Instant start = from == null ? end.minus(USUAL) : from;
    List<TimelineEntry> lines = new ArrayList<>();
    for (TimelineSource source : sources) {
      for (TimelineEntry line : source.of(customerId, start, end)) {
        if (kind == null || kind.isBlank() || kind.equals(line.kind())) {
          lines.add(line);
        }
      }
    }
    lines.sort(Comparator.comparing(TimelineEntry::at));
    return lines;
  }
}
