package io.waymark.engine.run;

import java.util.concurrent.Callable;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Runs several calls of the engine as one command, so that their statements go out together. */
@Component
public class EngineCommands {

  private final ProcessEngineConfigurationImpl engine;
  private final StepsTogether steps;

  EngineCommands(ProcessEngineConfigurationImpl engine, StepsTogether steps) {
    this.engine = engine;
    this.steps = steps;
  }

  /** Runs calls whose permission was settled elsewhere, as the signed-in person all the same. */
  public void unhindered(Runnable calls) {
    engine
        .getCommandExecutorTxRequired()
        .execute(
            context ->
                context.runWithoutAuthorization(
                    () -> {
                      calls.run();
                      return null;
                    }));
  }

  /** The same for calls that answer something. */
  public <T> T unhinderedResult(Callable<T> calls) {
    return engine
        .getCommandExecutorTxRequired()
        .execute(context -> context.runWithoutAuthorization(calls));
  }

  void together(Runnable calls) {
    engine
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              steps.around(calls);
              return null;
            });
  }
}
