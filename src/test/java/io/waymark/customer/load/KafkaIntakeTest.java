package io.waymark.customer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.customer.Customers;
import io.waymark.customer.People;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.transaction.PlatformTransactionManager;

/** A real broker: each record counts once, a poisoned one is listed and holds nothing up. */
@DatabaseSlice("io.waymark.customer")
class KafkaIntakeTest {

  private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);

  @Autowired EventTaker taker;
  @Autowired RejectedRows rejected;
  @Autowired CustomerEvents events;
  @Autowired Customers customers;
  @Autowired Branches branches;
  @Autowired PlatformTransactionManager transactions;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  String ref = "";
  String topic = "";
  long id;

  @BeforeAll
  static void broker() {
    BROKER.afterPropertiesSet();
  }

  @AfterAll
  static void brokerEnds() {
    BROKER.destroy();
  }

  @BeforeEach
  void customer() {
    People.open(branches);
    ref = People.ref();
    topic = "events-" + ref;
    customers.importAll(List.of(People.somebody(ref, Map.of())), "tester");
    id = customers.idsOf(List.of(ref)).get(ref);
    BROKER.addTopics(topic);
  }

  @Test
  void records_are_taken_in_once_and_a_poisoned_one_is_listed_and_passed_by() {
    send(record("k1"), "{broken", "null", record("k2").replace(ref, "nobody"), record("k3"));
    listenUntilStored("waymark", 2);
    assertThat(rejected.since(clock.instant().minusSeconds(1), topic, 0, 10))
        .extracting(RejectedRow::door, RejectedRow::position, RejectedRow::field, RejectedRow::code)
        .containsExactlyInAnyOrder(
            tuple("kafka", 1L, "row", "malformed"),
            tuple("kafka", 2L, "row", "malformed"),
            tuple("kafka", 3L, "customer", "unknown_customer"));

    // The same events sent again, as by a producer that did not hear the answer.
    send(record("k1"), record("k3"), record("k4"));
    listenUntilStored("waymark", 3);
    assertThat(rejected.since(clock.instant().minusSeconds(1), topic, 0, 10)).hasSize(3);
  }

  @Test
  void a_record_without_an_id_is_known_by_its_place() {
    send(record("x").replace("\"eventId\":\"x\",", ""));
    listenUntilStored("waymark", 1);
    assertThat(
            jdbc.sql("select event_id from customer_event where customer_id = ?")
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo(topic + "-0-0");
  }

  @Test
  void a_crash_between_the_database_and_the_offset_brings_no_event_twice() {
    send(record("c1"), record("c2"));
    // Another group reads from the start, as this one would had its offset never been committed.
    listenUntilStored("one", 2);
    send(record("c3"));
    listenUntilStored("two", 3);
    assertThat(events.ofCustomer(id, clock.instant(), 10))
        .extracting(CustomerEvent::type)
        .hasSize(3);
  }

  @Test
  void servers_without_a_topic_are_refused_with_what_to_do() {
    KafkaSettings empty = new KafkaSettings("x:1", List.of(), "g", null, 1, Map.of());
    assertThatThrownBy(() -> KafkaConfiguration.container(empty, intake(empty)))
        .hasMessageContaining("waymark.kafka.topics");
  }

  private void listenUntilStored(String group, long events) {
    KafkaSettings settings =
        new KafkaSettings(BROKER.getBrokersAsString(), List.of(topic), group, null, 1, Map.of());
    ConcurrentMessageListenerContainer<String, byte[]> container =
        KafkaConfiguration.container(settings, intake(settings));
    container.start();
    try {
      await(() -> stored() == events);
    } finally {
      container.stop();
    }
  }

  private KafkaIntake intake(KafkaSettings settings) {
    return new KafkaIntake(taker, rejected, settings, transactions, clock);
  }

  private String record(String eventId) {
    return "{\"eventId\":\"%s\",\"customer\":\"%s\",\"type\":\"login\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}"
        .formatted(eventId, ref);
  }

  private void send(String... records) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.getBrokersAsString()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (String record : records) {
        producer.send(new ProducerRecord<>(topic, record.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private long stored() {
    return jdbc.sql("select count(*) from customer_event where customer_id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }

  private static void await(Supplier<Boolean> done) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!done.get()) {
      assertThat(System.nanoTime()).as("waited a minute").isLessThan(end);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
