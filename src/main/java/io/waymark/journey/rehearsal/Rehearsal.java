package io.waymark.journey.rehearsal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rehearsal of an audience, running or over.
 *
 * @param versionIds one version, or two played with the same people
 * @param days virtual days played
 * @param most so many customers at most; more are sampled
 * @param status running, done, failed or cancelled
 * @param reason why it failed, a Chinese sentence; null otherwise
 * @param progress from 0 to 1
 * @param population how many the audience has; null while it is being counted
 * @param played how many of them were played; null as above
 * @param figures one of each version, in their order; empty until it is done
 */
public record Rehearsal(
    long id,
    String journeyKey,
    List<Long> versionIds,
    String audience,
    int days,
    int most,
    Assumptions assumptions,
    String status,
    @Nullable String reason,
    String startedBy,
    Instant startedAt,
    @Nullable Instant endedAt,
    double progress,
    @Nullable Long population,
    @Nullable Long played,
    List<Figures> figures) {

  public Rehearsal {
    versionIds = List.copyOf(versionIds);
    figures = List.copyOf(figures);
  }

  /** Whether it is still being played. */
  public boolean running() {
    return status.equals("running");
  }

  /** Whether only a random part of the audience was played. */
  public boolean sampled() {
    return population != null && played != null && played < population;
  }

  /** The share of those played, with its interval. */
  public Share share(long count) {
    return Share.of(count, Math.max(1, played == null ? 1 : played));
  }
}
