package io.waymark.engine.setup;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses what the engine keeps of the past; the tests keep activities as well. */
@Configuration
class HistorySettings {

  @Bean
  HistoryLevel historyLevel() {
    return new WaymarkHistoryLevel();
  }
}
