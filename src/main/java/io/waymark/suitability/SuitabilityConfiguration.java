package io.waymark.suitability;

import io.waymark.platform.policy.PolicyDocuments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SuitabilityConfiguration {

  @Bean
  SuitabilityPolicies suitabilityPolicies(PolicyDocuments documents, SuitabilityPolicyKind kind) {
    return moment -> documents.active(kind, moment);
  }
}
