package io.waymark.customer.load;

import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.platform.RowProblem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes records of a topic in. The offset is committed after the database: a record read twice is
 * an event seen twice, so each counts once. A record that cannot be taken is kept among the refused
 * rows under its offset and holds nothing up; a database that does not answer holds everything up.
 *
 * <p>A record is one JSON object, written as a line of an event file; without {@code eventId} its
 * place in the topic is its id.
 */
@Component
class KafkaIntake implements BatchAcknowledgingMessageListener<String, byte[]> {

  private final EventTaker events;
  private final RejectedRows rejected;
  private final KafkaSettings settings;
  private final TransactionTemplate transaction;
  private final Halving halving;
  private final Clock clock;

  KafkaIntake(
      EventTaker events,
      RejectedRows rejected,
      KafkaSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.events = events;
    this.rejected = rejected;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.halving = new Halving(transactions);
    this.clock = clock;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> records, Acknowledgment acknowledgment) {
    Map<String, List<ConsumerRecord<String, byte[]>>> byTopic = new LinkedHashMap<>();
    records.forEach(
        record -> byTopic.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record));
    transaction.executeWithoutResult(status -> byTopic.forEach(this::take));
    acknowledgment.acknowledge();
  }

  private void take(String topic, List<ConsumerRecord<String, byte[]>> records) {
    String source = settings.source() == null ? topic : settings.source();
    List<FileRow> rows = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      rows.add(row(i + 1, records.get(i)));
    }
    List<FileRow> readable = rows.stream().filter(row -> row.problem() == null).toList();
    List<RowProblem> problems = new ArrayList<>();
    rows.forEach(
        row -> {
          if (row.problem() != null) {
            problems.add(row.problem());
          }
        });
    problems.addAll(halving.take(readable, some -> events.takeLive(source, some)).problems());
    Instant now = clock.instant();
    rejected.keep(
        problems.stream()
            .map(
                one -> {
                  ConsumerRecord<String, byte[]> record = records.get(one.position() - 1);
                  return new RejectedRow(
                      now,
                      "kafka",
                      source,
                      events.kind().code(),
                      null,
                      record.offset(),
                      one.field(),
                      one.code(),
                      "分区 %d：%s".formatted(record.partition(), one.message()),
                      RejectedRow.masked(rows.get(one.position() - 1).text(one.field())));
                })
            .toList());
  }

  private static FileRow row(int position, ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    FileRow row =
        FileRow.json(position, value == null ? "null" : new String(value, StandardCharsets.UTF_8));
    if (row.problem() != null || !row.text("eventId").isEmpty()) {
      return row;
    }
    Map<String, Object> fields = new LinkedHashMap<>(row.fields());
    fields.put("eventId", record.topic() + "-" + record.partition() + "-" + record.offset());
    return new FileRow(position, fields, null);
  }
}
