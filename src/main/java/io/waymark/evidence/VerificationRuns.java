package io.waymark.evidence;

import io.waymark.evidence.anchor.AnchorVerifier;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Verification in the background, one at a time on this node, for a page that shows how far it is.
 */
@Component
public class VerificationRuns {

  private static final Logger log = LoggerFactory.getLogger(VerificationRuns.class);

  private final EvidenceVerifier verifier;
  private final AnchorVerifier anchors;
  private final Clock clock;
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread one = new Thread(work, "waymark-verify-evidence");
            one.setDaemon(true);
            return one;
          });

  VerificationRuns(EvidenceVerifier verifier, AnchorVerifier anchors, Clock clock) {
    this.verifier = verifier;
    this.anchors = anchors;
    this.clock = clock;
  }

  /**
   * A walk along the chain and its anchors.
   *
   * @param total links there were when it began
   * @param done links read so far
   * @param result what was found; null while it runs
   * @param anchorProblem a Chinese sentence about the anchors; null while it runs or when they hold
   * @param failed whether it could not be carried out at all
   */
  public record Run(
      String actor,
      Instant startedAt,
      long total,
      long done,
      @Nullable Verification result,
      @Nullable String anchorProblem,
      boolean failed) {

    public boolean running() {
      return result == null && !failed;
    }

    /** Whether chain and anchors hold. */
    public boolean good() {
      return result != null && result.whole() && anchorProblem == null;
    }
  }

  /** Begins a walk; while one runs, nothing new begins. */
  public synchronized void start(String actor) {
    Run last = current.get();
    if (last != null && last.running()) {
      return;
    }
    Run run = new Run(actor, clock.instant(), verifier.length(), 0, null, null, false);
    current.set(run);
    thread.execute(() -> walk(run));
  }

  /** The walk that runs, or the last one on this node since it started. */
  public Optional<Run> latest() {
    return Optional.ofNullable(current.get());
  }

  private void walk(Run run) {
    try {
      Verification found = verifier.verify(done -> current.set(at(run, done, null, null, false)));
      current.set(at(run, found.rows(), found, anchors.firstProblem(), false));
    } catch (RuntimeException e) {
      log.error("The evidence could not be verified", e);
      current.set(at(run, 0, null, null, true));
    }
  }

  private static Run at(
      Run run,
      long done,
      @Nullable Verification result,
      @Nullable String anchorProblem,
      boolean failed) {
    return new Run(run.actor(), run.startedAt(), run.total(), done, result, anchorProblem, failed);
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }
}
