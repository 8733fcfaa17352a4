package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.contact.Dispatcher;
import io.waymark.customer.event.InternalEvent;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Channel;
import io.waymark.platform.trace.Traces;
import io.waymark.testing.SpansSeen;
import io.waymark.testing.StatementCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One trace shows what an event led to, whichever threads and nodes did the work. */
@WithTravellers
class TracesTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Dispatcher dispatcher;
  @Autowired ReceiptListener receipts;
  @Autowired SpansSeen spans;
  @Autowired Traces traces;
  @Autowired TransactionTemplate transaction;
  @Autowired StatementCounter statements;
  @Autowired JdbcClient jdbc;

  private Sketch sketch;

  @BeforeEach
  void draw() {
    travellers.open();
    travellers.settle();
    dispatcher.dispatchDue(1_000);
    sketch =
        Sketch.of("traced")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Wait", "test.a")
            .way("Send", "Wait");
    sketch.publish(deployments, versions);
    spans.listen();
  }

  @AfterEach
  void rest() {
    spans.rest();
  }

  @Test
  void one_trace_leads_from_the_event_to_the_receipt() {
    Traveller traveller = travellers.somebody();
    elsewhere(() -> traveller.waitsAtTheDoorAfter(sketch.entry()));
    elsewhere(traveller::itIsHisTurn);
    elsewhere(() -> dispatcher.dispatchDue(100));
    UUID message = UUID.fromString(String.valueOf(traveller.variable("lastMessage")));
    elsewhere(
        () ->
            receipts.received(
                List.of(
                    new Receipt(
                        message,
                        Channel.SMS,
                        ReceiptKind.DELIVERED,
                        travellers.clock.instant(),
                        null,
                        "receipt-" + message))));
    elsewhere(() -> traveller.does("test.a").left("completed"));

    SpanData event = first("customer.event", "event.type", sketch.entry());
    SpanData entry = below("journey.entry", event);
    SpanData send = below("journey.step", entry, "node", "Send");
    SpanData gate = below("message.gate", send);
    SpanData dispatch = below("message.dispatch", gate);
    SpanData provider = below("message.provider", gate);
    SpanData receipt = below("message.receipt", gate);
    SpanData settled = below("message.settled", receipt);
    SpanData told = below("customer.event", settled, "event.type", "message.settled");
    SpanData waits = below("journey.step", entry, "node", "Wait");
    SpanData goesOn = below("journey.wait.ended", entry, "node", "Wait");

    assertThat(List.of(event, entry, send, gate, dispatch, provider, receipt, told, waits, goesOn))
        .extracting(SpanData::getTraceId)
        .containsOnly(event.getTraceId());
    assertThat(value(gate, "verdict")).isEqualTo("Allowed");
    assertThat(value(send, "outcome")).isEqualTo("done");
    assertThat(value(waits, "outcome")).as("still there when it was told").isNull();
    assertThat(value(goesOn, "outcome")).isEqualTo("done");
    assertThat(value(settled, "outcome")).isEqualTo("delivered");
    String everything = spans.all().toString();
    assertThat(everything).doesNotContain(traveller.ref()).doesNotContain("张旅行");
    traveller.secrets().forEach(secret -> assertThat(everything).doesNotContain(secret));
  }

  @Test
  void a_message_withheld_says_why_and_what_is_rolled_back_is_not_told() {
    Traveller traveller = travellers.somebody().unreachable();
    transaction.executeWithoutResult(
        status -> {
          traces.begin("nothing:1", null, "rolled.back", Map.of());
          status.setRollbackOnly();
        });
    traveller.does(sketch.entry());

    SpanData event = first("customer.event", "event.type", sketch.entry());
    SpanData entry = below("journey.entry", event);
    SpanData gate = below("message.gate", below("journey.step", entry, "node", "Send"));
    assertThat(value(gate, "verdict")).isEqualTo("Withheld");
    assertThat(value(gate, "reason")).isNotBlank();
    assertThat(spans.all()).noneMatch(span -> span.getName().equals("rolled.back"));
  }

  @Test
  void an_event_told_twice_is_traced_once() {
    Traveller traveller = travellers.somebody();
    for (int i = 0; i < 2; i++) {
      travellers.events.record(
          List.of(
              new InternalEvent(
                  "twice",
                  sketch.key(),
                  traveller.id(),
                  Travellers.BRANCH,
                  "test.twice",
                  travellers.clock.instant(),
                  Map.of())));
    }

    assertThat(spans.all())
        .filteredOn(span -> "test.twice".equals(value(span, "event.type")))
        .hasSize(1);
  }

  @Test
  void an_entry_without_an_event_begins_a_trace_of_its_own() {
    Traveller traveller = travellers.somebodyFor("risk-warning").does("redemption.large");
    spans.listen();
    traveller.entersByAudience("risk-warning");

    SpanData entry =
        spans.all().stream()
            .filter(span -> span.getName().equals("journey.entry"))
            .filter(
                span ->
                    String.valueOf(traveller.participation().id())
                        .equals(value(span, "participation")))
            .findFirst()
            .orElseThrow();
    assertThat(entry.getParentSpanContext().isValid()).isFalse();
    assertThat(
            jdbc.sql("select trace from participation where id = ?")
                .param(traveller.participation().id())
                .query(String.class)
                .single())
        .isEqualTo("00-%s-%s-01".formatted(entry.getTraceId(), entry.getSpanId()));
  }

  @Test
  void following_costs_no_statement() {
    cost();
    int followed = cost();
    spans.rest();

    assertThat(cost()).isEqualTo(followed);
  }

  private int cost() {
    Traveller traveller = travellers.somebody().waitsAtTheDoorAfter(sketch.entry());
    int cost = statements.during(travellers::settle).size();
    traveller.standsAt("Wait");
    return cost;
  }

  private SpanData first(String name, String key, String value) {
    return spans.all().stream()
        .filter(span -> span.getName().equals(name) && value.equals(value(span, key)))
        .findFirst()
        .orElseThrow();
  }

  private SpanData below(String name, SpanData parent) {
    return find(name, parent)
        .orElseThrow(() -> new AssertionError("no " + name + " below " + parent + spans.all()));
  }

  private SpanData below(String name, SpanData parent, String key, String value) {
    return spans.all().stream()
        .filter(span -> span.getName().equals(name) && value.equals(value(span, key)))
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " below " + parent + spans.all()));
  }

  private Optional<SpanData> find(String name, SpanData parent) {
    return spans.all().stream()
        .filter(span -> span.getName().equals(name))
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .findFirst();
  }

  private static String value(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey("waymark." + key));
  }

  /** On a thread that knows nothing of what was done before, as another node would. */
  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work, one -> new Thread(one, "another-node").start()).join();
  }
}
