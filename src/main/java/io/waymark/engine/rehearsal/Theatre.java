package io.waymark.engine.rehearsal;

import io.waymark.journey.rehearsal.Act;
import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.rehearsal.Stage;
import io.waymark.platform.rehearsal.Stages;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.springframework.stereotype.Component;

/**
 * Gives every play a stage and a thread of its own: whatever the caller has bound to his thread, a
 * transaction or a signed-in person, stays outside. So few threads, because each is a database
 * session.
 */
@Component
class Theatre implements RehearsalTheatre {

  private static final int STAGES = 4;

  private final Stages stages;
  private final StagedVersion versions;
  private final OneCustomer customer;
  private final WholeAudience audience;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          STAGES,
          play -> {
            Thread thread = new Thread(play, "rehearsal");
            thread.setDaemon(true);
            return thread;
          });

  Theatre(Stages stages, StagedVersion versions, OneCustomer customer, WholeAudience audience) {
    this.stages = stages;
    this.versions = versions;
    this.customer = customer;
    this.audience = audience;
  }

  @Override
  public Scene play(Script script, Person person, Instant from, List<Act> acts) {
    return elsewhere(
        () -> {
          List<Long> real = person.customerId() == null ? List.of() : List.of(person.customerId());
          try (Stage stage = stages.open(Props.of(real, versions.deploymentsOf(script)), from)) {
            return stage.play(() -> customer.play(stage, script, person, acts));
          }
        });
  }

  @Override
  public Figures play(
      Script script, Cast cast, DoubleConsumer progress, BooleanSupplier cancelled) {
    return audience.play(script, cast, progress, cancelled);
  }

  private <T> T elsewhere(Callable<T> play) {
    try {
      return threads.submit(play).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
