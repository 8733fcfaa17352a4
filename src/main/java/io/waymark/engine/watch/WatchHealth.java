package io.waymark.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether somebody still looks for stuck customers. Only in the group of operators: its status
 * counts nowhere else, for no node must be taken out of service because of it.
 */
@Component("watch")
class WatchHealth implements HealthIndicator {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Alerts alerts;
  private final Clock clock;
  private final Instant started;

  WatchHealth(Alerts alerts, Clock clock) {
    this.alerts = alerts;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public Health health() {
    Optional<Instant> looked = alerts.lookedAt();
    Instant oldest = clock.instant().minus(LONGEST);
    boolean well = started.isAfter(oldest) || looked.filter(oldest::isBefore).isPresent();
    return (well ? Health.up() : Health.status("LATE"))
        .withDetail("lookedAt", looked.map(Instant::toString).orElse("never"))
        .build();
  }
}
