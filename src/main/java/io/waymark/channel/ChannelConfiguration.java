package io.waymark.channel;

import io.waymark.evidence.EvidenceLog;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the providers together: what properties configure comes first, a {@link ProviderEndpoint}
 * bean of a simulator stands in where they are silent, and a channel with neither has no provider.
 */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {

  @Bean
  ChannelSetup channelSetup(
      ChannelSettings settings,
      SmsSettings sms,
      SmtpSettings smtp,
      WebhookSettings webhook,
      ObjectProvider<ProviderFamily> families,
      ObjectProvider<ProviderEndpoint> simulators,
      Clock clock) {
    return new ChannelSetup(simulators.stream().toList(), settings.chosen(), clock)
        .add(families.orderedStream().toList())
        .add(sms)
        .add(smtp)
        .add(webhook);
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

  @Bean
  CallbackIntake callbackIntake(
      ChannelSetup setup,
      ObjectProvider<ReceiptListener> receipts,
      ObjectProvider<ReplyListener> replies) {
    return new CallbackIntake(
        setup.callbackReaders(),
        receipts.orderedStream().toList(),
        replies.orderedStream().toList());
  }

  @Bean
  StoredSentIds sentIds(JdbcClient jdbc, Clock clock) {
    return new StoredSentIds(jdbc, clock);
  }

  @Bean
  CallbackPass callbackPass(ChannelSettings settings) {
    return new CallbackPass(settings.callbackPass());
  }

  @Bean
  ProviderTrial providerTrial(
      Providers providers,
      ChannelSettings settings,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    return new ProviderTrial(providers, settings.testRecipients(), evidence, transaction);
  }

  @Bean
  ProviderUpkeep providerUpkeep(ObjectProvider<ProviderFamily> families) {
    List<ProviderFamily> all = families.orderedStream().toList();
    return new ProviderUpkeep(all);
  }
}
