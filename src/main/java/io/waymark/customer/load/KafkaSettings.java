package io.waymark.customer.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events are read from; without servers nothing is.
 *
 * @param bootstrapServers host:port, comma-separated; null or blank when there is no Kafka
 * @param topics topics whose records are one event in JSON each
 * @param group the consumer group; nodes of one installation share it
 * @param source source of the events, part of their identity; null for the topic's name
 * @param concurrency threads of this node
 * @param properties further settings of the consumer, such as {@code security.protocol}
 */
@ConfigurationProperties("waymark.kafka")
public record KafkaSettings(
    @Nullable String bootstrapServers,
    @DefaultValue List<String> topics,
    @DefaultValue("waymark") String group,
    @Nullable String source,
    @DefaultValue("1") int concurrency,
    @DefaultValue Map<String, String> properties) {}
