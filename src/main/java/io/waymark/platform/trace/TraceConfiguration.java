package io.waymark.platform.trace;

import io.micrometer.observation.ObservationFilter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Traces go where Spring Boot's settings send them; they are off until switched on. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

  @Bean
  Traces traces(
      @Value("${management.tracing.enabled:false}") boolean enabled,
      ObjectProvider<SdkTracerProvider> provider) {
    SdkTracerProvider tracers = enabled ? provider.getIfAvailable() : null;
    return tracers == null ? Traces.off() : Traces.to(tracers);
  }

  /** An address may hold a customer's reference; the pattern of the address does not. */
  @Bean
  ObservationFilter addressesStayInside() {
    return context -> {
      if (context instanceof ServerRequestObservationContext) {
        context.removeHighCardinalityKeyValue("http.url");
      }
      return context;
    };
  }
}
