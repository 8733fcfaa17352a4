package io.waymark.suitability;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

@Configuration(proxyBeanMethods = false)
class SuitabilityConfiguration {

  @Bean
  SuitabilityPolicy suitabilityPolicy(
      @Value("${waymark.suitability.policy:classpath:suitability-policy.yaml}") Resource file)
      throws IOException {
    try (InputStream yaml = file.getInputStream()) {
      return SuitabilityPolicy.read(yaml);
    }
  }
}
