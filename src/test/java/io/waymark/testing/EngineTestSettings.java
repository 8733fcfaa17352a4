package io.waymark.testing;

import io.waymark.engine.setup.WaymarkHistoryLevel;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The only settings in which the engine of the tests differs from production.
 *
 * <ul>
 *   <li>History keeps activities as well, because the assertions ask which ones were passed; the
 *       measurements (profile {@code bench}) turn that off, for it costs a third of a journey.
 *   <li>The job executor is off (it follows {@code waymark.background.enabled}); tests run the jobs
 *       they mean to run.
 *   <li>The engine's clock stands where {@link MovableClock} stands.
 * </ul>
 */
@TestConfiguration(proxyBeanMethods = false)
class EngineTestSettings {

  @Bean
  @Primary
  @ConditionalOnProperty(name = "waymark.testing.keep-activities", matchIfMissing = true)
  HistoryLevel historyLevelOfTests() {
    return new WaymarkHistoryLevel() {
      @Override
      public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
        return super.isHistoryEventProduced(type, entity)
            || type instanceof HistoryEventTypes named
                && named.getEntityType().equals("activity-instance");
      }
    };
  }
}
