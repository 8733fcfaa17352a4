package io.waymark.journey;

import io.waymark.platform.rehearsal.Rehearsing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The live versions, kept for a few seconds because every customer event asks for them. A change on
 * this node is seen at once, one on another node within {@link #FRESH}.
 */
@Component
public class LiveJourneys {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private record Known(List<JourneyVersion> versions, Instant since) {}

  private final JourneyVersions store;
  private final Clock clock;
  private volatile Known known = new Known(List.of(), Instant.EPOCH);

  LiveJourneys(JourneyVersions store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The versions customers may enter now; none by an event that is only rehearsed. */
  public List<JourneyVersion> versions() {
    if (Rehearsing.on()) {
      return List.of();
    }
    Instant now = clock.instant();
    Known current = known;
    Duration age = Duration.between(current.since(), now);
    if (age.isNegative() || age.compareTo(FRESH) > 0) {
      current = new Known(store.allLive(), now);
      known = current;
    }
    return current.versions();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void forget(JourneysChanged changed) {
    known = new Known(List.of(), Instant.EPOCH);
  }
}
