package io.waymark.evidence;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Runs the sealer every second until it has caught up; every node tries, one leads. */
@Component
class EvidenceSealing {

  private static final int ROWS_PER_TRANSACTION = 2_000;

  private final EvidenceSealer sealer;

  EvidenceSealing(EvidenceSealer sealer) {
    this.sealer = sealer;
  }

  @Scheduled(fixedDelay = 1_000)
  void catchUp() {
    int sealed = ROWS_PER_TRANSACTION;
    while (sealed == ROWS_PER_TRANSACTION && !Thread.currentThread().isInterrupted()) {
      sealed = sealer.sealNext(ROWS_PER_TRANSACTION);
    }
  }
}
