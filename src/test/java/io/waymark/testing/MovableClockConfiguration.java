package io.waymark.testing;

import io.waymark.content.Templates;
import io.waymark.journey.JourneyVersions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestConfiguration(proxyBeanMethods = false)
class MovableClockConfiguration {

  @Bean
  @Primary
  MovableClock movableClock() {
    return new MovableClock();
  }

  @Bean
  HeldReviews heldReviews(
      JdbcClient jdbc,
      ObjectProvider<Templates> templates,
      ObjectProvider<JourneyVersions> versions) {
    return new HeldReviews(jdbc, templates, versions);
  }
}
