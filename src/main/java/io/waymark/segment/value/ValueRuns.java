package io.waymark.segment.value;

import io.waymark.segment.model.ModelRuns;
import io.waymark.segment.model.ModelWork;
import io.waymark.segment.model.RunProgress;
import org.springframework.stereotype.Component;

/** Scores and tiers as a computation of the background, on whichever node is free. */
@Component
public class ValueRuns implements ModelWork {

  /** Code of the model. */
  public static final String MODEL = "value";

  private final ModelRuns runs;
  private final ValueModels models;

  ValueRuns(ModelRuns runs, ValueModels models) {
    this.runs = runs;
    this.models = models;
  }

  /** Asks for a computation; one that waits already is left to do for both. */
  public void start(String actor) {
    runs.ask(MODEL, "", actor);
  }

  @Override
  public String model() {
    return MODEL;
  }

  @Override
  public String run(String argument, RunProgress progress) {
    return "RFM %d 名客户。".formatted(models.run(progress));
  }
}
