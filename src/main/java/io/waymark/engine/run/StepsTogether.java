package io.waymark.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the customers of one batch wait for each other at a step, within one command of the engine:
 * a step that can answer for many is asked once for all who stand on it, and then each goes on.
 * What a step asks of the database is thereby the same for one customer and for fifty. Nothing of
 * it is stored: when the command ends nobody stands on such a step.
 */
@Component
public class StepsTogether {

  private final ThreadLocal<@Nullable Gathering> gathering = new ThreadLocal<>();

  /** A step that answers for many customers at once. */
  public interface ForMany {

    /** One answer for each execution, in their order; with it the execution is signalled. */
    List<?> answers(List<? extends ActivityExecution> executions);
  }

  /** What is done for many at once when everybody stands where he will stand. */
  public interface AtLast<T> {

    /** All that was noted, in the order of noting. */
    void all(List<T> noted);
  }

  private static final class Gathering {

    private final Map<ForMany, List<ExecutionEntity>> waiting = new LinkedHashMap<>();
    private final Map<AtLast<?>, List<Object>> atLast = new LinkedHashMap<>();

    /** The step most stand on, so that those behind can still catch up with those before. */
    private ForMany next() {
      return waiting.entrySet().stream()
          .max((one, other) -> Integer.compare(one.getValue().size(), other.getValue().size()))
          .map(Map.Entry::getKey)
          .orElseThrow();
    }
  }

  /** Whether steps are gathered now; otherwise a step is done at once. */
  public boolean gathers() {
    return gathering.get() != null;
  }

  /** Keeps an execution on its step until all others have come as far as they can. */
  public void keep(ForMany step, ActivityExecution execution) {
    Objects.requireNonNull(gathering.get(), "nothing is gathered now")
        .waiting
        .computeIfAbsent(step, any -> new ArrayList<>())
        .add((ExecutionEntity) execution);
  }

  /** Notes what is to be done together with others of its kind when nobody moves any more. */
  public <T> void note(AtLast<T> what, T one) {
    Objects.requireNonNull(gathering.get(), "nothing is gathered now")
        .atLast
        .computeIfAbsent(what, any -> new ArrayList<>())
        .add(one);
  }

  /** Makes the calls, then moves everybody they left on a step, until nobody stands on one. */
  void around(Runnable calls) {
    if (gathers()) {
      calls.run();
      return;
    }
    Gathering all = new Gathering();
    gathering.set(all);
    try {
      calls.run();
      while (!all.waiting.isEmpty()) {
        ForMany step = all.next();
        goOn(step, Objects.requireNonNull(all.waiting.remove(step)));
      }
      all.atLast.forEach(StepsTogether::conclude);
    } finally {
      gathering.remove();
    }
  }

  private static void goOn(ForMany step, List<ExecutionEntity> kept) {
    List<ExecutionEntity> standing =
        kept.stream().map(StepsTogether::present).filter(StepsTogether::stillThere).toList();
    List<?> answers = step.answers(standing);
    for (int i = 0; i < standing.size(); i++) {
      // Another token of the same instance may have ended it a moment ago.
      if (stillThere(standing.get(i))) {
        standing.get(i).signal(null, answers.get(i));
      }
    }
  }

  @SuppressWarnings("unchecked") // note() lets in only what this one takes.
  private static <T> void conclude(AtLast<T> what, List<Object> noted) {
    what.all((List<T>) noted);
  }

  /** When tokens of one instance come together the engine lets one execution stand for another. */
  private static ExecutionEntity present(ExecutionEntity execution) {
    return Objects.requireNonNullElse(execution.resolveReplacedBy(), execution);
  }

  private static boolean stillThere(ExecutionEntity execution) {
    return !execution.isEnded() && !execution.isCanceled() && !execution.isRemoved();
  }
}
