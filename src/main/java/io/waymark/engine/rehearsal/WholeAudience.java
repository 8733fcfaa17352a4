package io.waymark.engine.rehearsal;

import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Cast.Player;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.rehearsal.Stage;
import io.waymark.platform.rehearsal.Stages;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Plays a journey for an audience, on two stages at once: half of the branches each. An advisor
 * belongs to one branch, so neither half needs to know of the other.
 */
@Component
class WholeAudience {

  private static final int STAGES = 2;
  private static final long POLL_MILLIS = 300;

  private final Stages stages;
  private final StagedVersion versions;
  private final AudiencePlay play;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2 * STAGES,
          work -> {
            Thread thread = new Thread(work, "rehearsal-audience");
            thread.setDaemon(true);
            return thread;
          });

  WholeAudience(Stages stages, StagedVersion versions, AudiencePlay play) {
    this.stages = stages;
    this.versions = versions;
    this.play = play;
  }

  Figures play(Script script, Cast cast, DoubleConsumer progress, BooleanSupplier cancelled) {
    List<Cast> parts = parts(cast);
    List<PlayProgress> heard = new ArrayList<>();
    List<Future<Figures>> running = new ArrayList<>();
    for (Cast part : parts) {
      PlayProgress own = new PlayProgress(part);
      heard.add(own);
      running.add(threads.submit(() -> part(script, part, own)));
    }
    try {
      Figures all = null;
      for (Future<Figures> one : running) {
        Figures figures = await(one, heard, progress, cancelled);
        all = all == null ? figures : all.and(figures);
      }
      return java.util.Objects.requireNonNull(all);
    } finally {
      heard.forEach(PlayProgress::cancel);
    }
  }

  private Figures part(Script script, Cast part, PlayProgress progress) {
    List<Long> customers = part.customers().stream().map(Player::customerId).toList();
    try (Stage stage =
        stages.open(Props.of(customers, versions.deploymentsOf(script)), part.from())) {
      return stage.play(() -> play.play(stage, script, part, progress));
    }
  }

  private static Figures await(
      Future<Figures> one,
      List<PlayProgress> heard,
      DoubleConsumer progress,
      BooleanSupplier cancelled) {
    while (true) {
      try {
        return one.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        progress.accept(heard.stream().mapToDouble(PlayProgress::done).average().orElse(0));
        if (cancelled.getAsBoolean()) {
          heard.forEach(PlayProgress::cancel);
        }
      } catch (ExecutionException failure) {
        heard.forEach(PlayProgress::cancel);
        if (failure.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(failure.getCause());
      } catch (InterruptedException interrupted) {
        heard.forEach(PlayProgress::cancel);
        Thread.currentThread().interrupt();
        throw new RehearsalRefusedException("预演被中断，请重新开始。");
      }
    }
  }

  /** Whole branches, largest first, each to the part that has fewest customers yet. */
  private static List<Cast> parts(Cast cast) {
    Map<String, List<Player>> branches =
        cast.customers().stream().collect(Collectors.groupingBy(Player::branch));
    List<List<Player>> parts =
        IntStream.range(0, Math.min(STAGES, Math.max(1, branches.size())))
            .<List<Player>>mapToObj(part -> new ArrayList<>())
            .toList();
    branches.values().stream()
        .sorted(Comparator.comparingInt((List<Player> branch) -> branch.size()).reversed())
        .forEach(
            branch ->
                parts.stream()
                    .min(Comparator.comparingInt(List::size))
                    .orElseThrow()
                    .addAll(branch));
    return parts.stream()
        .map(part -> new Cast(part, cast.from(), cast.days(), cast.assumptions()))
        .toList();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
