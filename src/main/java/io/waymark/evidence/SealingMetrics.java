package io.waymark.evidence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How far sealing is behind, as numbers an alarm can watch. */
@Component
class SealingMetrics implements MeterBinder {

  private final EvidenceSealer sealer;
  private final Clock clock;

  SealingMetrics(EvidenceSealer sealer, Clock clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("waymark.evidence.unsealed", () -> sealer.lag().rows())
        .description("Evidence rows that are not chained yet")
        .register(registry);
    Gauge.builder("waymark.evidence.unsealed.age", this::ageOfOldest)
        .description("Age of the oldest evidence row that is not chained yet")
        .baseUnit("seconds")
        .register(registry);
  }

  private double ageOfOldest() {
    Instant oldest = sealer.lag().oldest();
    return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toSeconds();
  }
}
