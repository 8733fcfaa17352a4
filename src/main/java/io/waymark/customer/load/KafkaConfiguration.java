package io.waymark.customer.load;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Reads events from Kafka once {@code waymark.kafka.bootstrap-servers} is set, and not before. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("waymark.kafka.bootstrap-servers")
class KafkaConfiguration {

  private static final int RECORDS_AT_ONCE = 500;
  private static final long RETRY_MILLIS = 1_000;

  @Bean
  ConcurrentMessageListenerContainer<String, byte[]> kafkaEvents(
      KafkaSettings settings,
      KafkaIntake intake,
      @Value("${waymark.background.enabled:true}") boolean background) {
    ConcurrentMessageListenerContainer<String, byte[]> container = container(settings, intake);
    container.setAutoStartup(background);
    return container;
  }

  static ConcurrentMessageListenerContainer<String, byte[]> container(
      KafkaSettings settings, KafkaIntake intake) {
    if (settings.topics().isEmpty()) {
      throw new IllegalStateException(
          "已设置 waymark.kafka.bootstrap-servers，请同时设置 waymark.kafka.topics。");
    }
    Map<String, Object> consumer = new HashMap<>(settings.properties());
    consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    // Records of transactions that were rolled back never happened.
    consumer.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    ContainerProperties properties =
        new ContainerProperties(settings.topics().toArray(String[]::new));
    properties.setMessageListener(intake);
    properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
    ConcurrentMessageListenerContainer<String, byte[]> container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                consumer, new StringDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setConcurrency(settings.concurrency());
    container.setBeanName("kafkaEvents");
    // Whatever reaches this handler is the database's trouble, never a record's: wait for it.
    container.setCommonErrorHandler(
        new DefaultErrorHandler(new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS)));
    return container;
  }
}
