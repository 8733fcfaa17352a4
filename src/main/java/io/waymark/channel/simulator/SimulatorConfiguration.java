package io.waymark.channel.simulator;

import io.waymark.channel.ProviderEndpoint;
import io.waymark.channel.Secret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The simulators, and the endpoints by which providers that are not configured find them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "waymark.simulator", name = "enabled", havingValue = "true")
class SimulatorConfiguration {

  private final SimulatorSettings settings;
  private final Secret secret;
  private final Supplier<Optional<URI>> application;

  SimulatorConfiguration(SimulatorSettings settings, Environment environment) {
    this.settings = settings;
    Secret configured = settings.secret();
    this.secret = configured == null ? newSecret() : configured;
    this.application = () -> application(settings, environment);
  }

  @Bean
  SmsSimulator smsSimulator(Clock clock) {
    return new SmsSimulator(settings, secret, application, clock);
  }

  @Bean
  MailSimulator mailSimulator(Clock clock) {
    return new MailSimulator(settings, secret, application, clock);
  }

  @Bean
  WebhookSimulator webhookSimulator(Clock clock) {
    return new WebhookSimulator(settings, secret, clock);
  }

  @Bean
  ProviderEndpoint smsSimulatorEndpoint(SmsSimulator simulator) {
    return simulator.endpoint();
  }

  @Bean
  ProviderEndpoint mailSimulatorEndpoint(MailSimulator simulator) {
    return simulator.endpoint();
  }

  @Bean
  ProviderEndpoint webhookSimulatorEndpoint(WebhookSimulator simulator) {
    return simulator.endpoint();
  }

  /** Spring sets the port of this application once its web server is up. */
  private static Optional<URI> application(SimulatorSettings settings, Environment environment) {
    return Optional.ofNullable(settings.receiptUrl())
        .or(
            () ->
                Optional.ofNullable(environment.getProperty("local.server.port"))
                    .map(port -> URI.create("http://127.0.0.1:" + port)));
  }

  private static Secret newSecret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new Secret("whsec_" + Base64.getEncoder().encodeToString(random));
  }
}
