package io.waymark.testing;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.waymark.compliance.RulePacks;
import io.waymark.content.Templates;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.Unguarded;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.trace.Traces;
import org.springframework.beans.factory.BeanFactory;
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
  SpansSeen spansSeen() {
    return new SpansSeen();
  }

  @Bean
  @Primary
  Traces tracesSeen(SpansSeen seen) {
    return Traces.to(
        SdkTracerProvider.builder()
            .addSpanProcessor(seen)
            .setSampler(Sampler.parentBased(seen))
            .build());
  }

  @Bean
  HeldReviews heldReviews(
      JdbcClient jdbc,
      ObjectProvider<Templates> templates,
      ObjectProvider<JourneyVersions> versions,
      ObjectProvider<RulePacks> packs,
      ObjectProvider<PolicyDocuments> policies,
      BeanFactory context) {
    return new HeldReviews(jdbc, templates, versions, packs, policies, new Unguarded(context));
  }
}
