package io.waymark.contact;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** The policy in force: the broker's own file, or the one that comes with Waymark. */
@Configuration(proxyBeanMethods = false)
class ContactConfiguration {

  @Bean
  ContactPolicy contactPolicy(
      @Value("${waymark.contact.policy:classpath:contact-policy.yaml}") Resource file)
      throws IOException {
    try (InputStream yaml = file.getInputStream()) {
      return ContactPolicy.read(yaml);
    }
  }
}
