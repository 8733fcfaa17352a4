package io.waymark.segment.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.model.ModelRun;
import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.RunProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Says who would move under a version of the policy, before it is approved; moves nobody. */
@Component
public class LifecycleTrial implements ModelWork {

  private static final String MODEL = "lifecycle-trial";
  private static final int SAMPLE = 5;

  private final Lifecycle lifecycle;
  private final CustomerPieces customers;
  private final ModelRuns runs;
  private final ObjectMapper json;
  private final Clock clock;

  LifecycleTrial(
      Lifecycle lifecycle,
      CustomerPieces customers,
      ModelRuns runs,
      ObjectMapper json,
      Clock clock) {
    this.lifecycle = lifecycle;
    this.customers = customers;
    this.runs = runs;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Asks for a trial in the background.
   *
   * @throws IllegalArgumentException with a Chinese sentence when there is no such version
   */
  public void ask(String version, String actor) {
    lifecycle.version(version);
    runs.ask(MODEL, version, actor);
  }

  /** The last trial of a version. */
  public Optional<ModelRun> last(String version) {
    return runs.last(MODEL, version);
  }

  /** What a trial found; empty unless it is done. */
  public List<PlannedMoves> moves(ModelRun trial) {
    if (!trial.isDone()) {
      return List.of();
    }
    try {
      return json.readValue(
          Objects.requireNonNull(trial.result()), new TypeReference<List<PlannedMoves>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A trial of lifecycle stages cannot be read", e);
    }
  }

  @Override
  public String model() {
    return MODEL;
  }

  @Override
  public String run(String version, RunProgress progress) {
    LifecyclePolicy policy = lifecycle.version(version);
    Instant now = clock.instant();
    Map<List<String>, List<Long>> samples = new TreeMap<>(LifecycleTrial::compare);
    Map<List<String>, Long> counts = new TreeMap<>(LifecycleTrial::compare);
    customers.each(
        progress,
        piece ->
            lifecycle.ask(policy, piece, now).stream()
                .filter(StageMove::moves)
                .forEach(
                    move -> {
                      List<String> way =
                          List.of(
                              move.branch(),
                              Objects.requireNonNullElse(move.former(), ""),
                              Objects.requireNonNull(move.next()));
                      counts.merge(way, 1L, Long::sum);
                      List<Long> some = samples.computeIfAbsent(way, any -> new ArrayList<>());
                      if (some.size() < SAMPLE) {
                        some.add(move.customerId());
                      }
                    }));
    return written(
        counts.entrySet().stream()
            .map(
                one ->
                    new PlannedMoves(
                        one.getKey().get(0),
                        one.getKey().get(1),
                        one.getKey().get(2),
                        one.getValue(),
                        Objects.requireNonNull(samples.get(one.getKey()))))
            .toList());
  }

  private String written(List<PlannedMoves> moves) {
    try {
      return json.writeValueAsString(moves);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A trial of lifecycle stages cannot be written", e);
    }
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join("\t", one).compareTo(String.join("\t", other));
  }
}
