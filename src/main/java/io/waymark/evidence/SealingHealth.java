package io.waymark.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether evidence is being chained; its status counts in the group of operators alone. */
@Component("sealing")
class SealingHealth implements HealthIndicator {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final EvidenceSealer sealer;
  private final Clock clock;

  SealingHealth(EvidenceSealer sealer, Clock clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  @Override
  public Health health() {
    SealingLag lag = sealer.lag();
    Instant oldest = lag.oldest();
    boolean well = oldest == null || oldest.isAfter(clock.instant().minus(LONGEST));
    return (well ? Health.up() : Health.status("LATE")).withDetail("unsealed", lag.rows()).build();
  }
}
