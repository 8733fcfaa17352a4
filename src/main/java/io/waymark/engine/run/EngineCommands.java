package io.waymark.engine.run;

import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Runs several calls of the engine as one command, so that their statements go out together. */
@Component
class EngineCommands {

  private final ProcessEngineConfigurationImpl engine;

  EngineCommands(ProcessEngineConfigurationImpl engine) {
    this.engine = engine;
  }

  void together(Runnable calls) {
    engine
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              calls.run();
              return null;
            });
  }
}
