package io.waymark.compliance.watch;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Everything that is to be read in the background, batch by batch. */
@Component
public class PackWork {

  private static final Logger log = LoggerFactory.getLogger(PackWork.class);

  private final PackScan scan;
  private final TrialWork trials;

  PackWork(PackScan scan, TrialWork trials) {
    this.scan = scan;
    this.trials = trials;
  }

  /**
   * Reads one batch of each kind, each in a transaction of its own. Rules in force come first.
   *
   * @return whether there may be more to read
   */
  boolean some() {
    boolean more = scan.next();
    return trial() || more;
  }

  /** Reads until nothing is left, for an operator's command or a test. */
  public void all() {
    while (some()) {
      // The batch is the work.
    }
  }

  private boolean trial() {
    Optional<Long> trial = trials.running();
    if (trial.isEmpty()) {
      return false;
    }
    try {
      return trials.next(trial.get());
    } catch (RuntimeException e) {
      log.warn("trial {} cannot go on: {}", trial.get(), e.getClass().getName());
      trials.fail(trial.get());
      return true;
    }
  }
}
