package io.waymark.channel;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the providers together: what properties configure comes first, a {@link ProviderEndpoint}
 * bean of a simulator stands in where they are silent, and a channel with neither has no provider.
 */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {

  @Bean
  ChannelSetup channelSetup(
      SmsSettings sms,
      SmtpSettings smtp,
      WebhookSettings webhook,
      ObjectProvider<ProviderEndpoint> simulators,
      Clock clock) {
    return new ChannelSetup(simulators.stream().toList(), clock).add(sms).add(smtp).add(webhook);
  }

  @Bean
  Providers providers(ChannelSetup setup) {
    return setup.providers();
  }

  @Bean
  ReceiptIntake receiptIntake(
      ChannelSetup setup, ObjectProvider<ReceiptListener> listeners, Clock clock) {
    return new ReceiptIntake(setup.receiptSources(), listeners.orderedStream().toList(), clock);
  }
}
