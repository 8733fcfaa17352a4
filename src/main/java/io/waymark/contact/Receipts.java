package io.waymark.contact;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.Customers;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What providers report becomes what happened to a customer: each receipt once, however often it
 * comes ({@code receipt_seen}). Locks outbox rows, then messages, as {@link Answers} does.
 */
@Component
public class Receipts implements ReceiptListener {

  private static final Logger log = LoggerFactory.getLogger(Receipts.class);
  private static final List<Purpose> MARKETING =
      List.of(Purpose.PRODUCT_MARKETING, Purpose.MARGIN_MARKETING, Purpose.ACTIVITY);

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final StoredMessages messages;
  private final Settlement settlement;
  private final CustomerEvents events;
  private final Consents consents;
  private final Customers customers;
  private final ContactPolicies policies;
  private final GateTraces traces;
  private final Clock clock;

  Receipts(
      JdbcClient jdbc,
      Outbox outbox,
      StoredMessages messages,
      Settlement settlement,
      CustomerEvents events,
      Consents consents,
      Customers customers,
      ContactPolicies policies,
      GateTraces traces,
      Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.messages = messages;
    this.settlement = settlement;
    this.events = events;
    this.consents = consents;
    this.customers = customers;
    this.policies = policies;
    this.traces = traces;
    this.clock = clock;
  }

  @Override
  @Transactional
  public void received(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<UUID> ids = receipts.stream().map(Receipt::messageId).distinct().toList();
    outbox.lock(ids);
    Map<UUID, StoredMessages.Stored> known = messages.lock(ids);
    List<Seen> fresh = unseen(receipts, known, now);
    if (fresh.size() < receipts.size()) {
      log.info("{} of {} receipts are new", fresh.size(), receipts.size());
    }
    fresh.forEach(
        seen ->
            traces.reported(seen.message(), seen.receipt().kind().code(), eventId(seen.receipt())));
    settle(fresh, now);
    events.record(fresh.stream().map(Receipts::event).toList());
    refuse(fresh.stream().filter(this::refuses).toList(), now);
  }

  private List<Seen> unseen(
      List<Receipt> receipts, Map<UUID, StoredMessages.Stored> known, Instant now) {
    Map<String, Seen> candidates = new LinkedHashMap<>();
    for (Receipt receipt : receipts) {
      StoredMessages.Stored message = known.get(receipt.messageId());
      if (message != null) {
        candidates.putIfAbsent(
            receipt.channel().code() + ' ' + receipt.providerReceiptId(),
            new Seen(receipt, message));
      }
    }
    List<Seen> rows = List.copyOf(candidates.values());
    Set<String> inserted =
        Set.copyOf(
            jdbc.sql(
                    """
                    insert into receipt_seen (
                      channel, provider_receipt_id, message_id, customer_id, branch, received_at)
                    select channel, receipt, message_id, customer_id, branch, ?
                      from unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::text[])
                           as given (channel, receipt, message_id, customer_id, branch)
                     order by channel, receipt
                    on conflict do nothing
                    returning channel || ' ' || provider_receipt_id
                    """)
                .params(
                    Column.at(now),
                    Column.text(rows, row -> row.receipt().channel().code()),
                    Column.text(rows, row -> row.receipt().providerReceiptId()),
                    Column.text(rows, row -> row.receipt().messageId()),
                    Column.number(rows, row -> row.message().request().customerId()),
                    Column.text(rows, row -> row.message().request().branch()))
                .query(String.class)
                .list());
    return candidates.entrySet().stream()
        .filter(entry -> inserted.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** A delivery or a failure ends a message that waits for one, and corrects the log of others. */
  private void settle(List<Seen> fresh, Instant now) {
    Map<UUID, Settling> settlings = new LinkedHashMap<>();
    List<UUID> delivered = new ArrayList<>();
    Map<String, List<UUID>> failed = new HashMap<>();
    for (Seen seen : fresh) {
      UUID id = seen.receipt().messageId();
      if (seen.receipt().kind() == ReceiptKind.DELIVERED) {
        // A delivery outweighs a failure reported in the same breath: the customer has it.
        settlings.put(id, Settling.of(id, Settling.Outcome.DELIVERED));
        delivered.add(id);
      } else if (seen.failure()) {
        settlings.putIfAbsent(id, Settling.of(id, Settling.Outcome.FAILED, seen.reason()));
        failed.computeIfAbsent(seen.reason(), reason -> new ArrayList<>()).add(id);
      }
    }
    messages.amend(delivered, "delivered", null, now);
    failed.forEach((reason, ids) -> messages.amend(ids, "failed", reason, now));
    settlement.settle(List.copyOf(settlings.values()), now);
  }

  private static InternalEvent event(Seen seen) {
    Receipt receipt = seen.receipt();
    Map<String, Object> properties = Settlement.properties(seen.message());
    properties.put("kind", receipt.kind().code());
    // The words of a reply are the customer's own and stay out of events; a provider's code does
    // not.
    if (seen.failure()) {
      properties.put("reason", seen.reason());
    }
    return new InternalEvent(
        Settlement.SOURCE,
        eventId(receipt),
        seen.message().request().customerId(),
        seen.message().request().branch(),
        type(receipt.kind()),
        receipt.at(),
        properties);
  }

  private static String eventId(Receipt receipt) {
    return "receipt:" + receipt.channel().code() + ":" + receipt.providerReceiptId();
  }

  private static String type(ReceiptKind kind) {
    return switch (kind) {
      case DELIVERED -> "message.delivered";
      case FAILED, BOUNCED -> "message.failed";
      case OPENED -> "message.opened";
      case CLICKED -> "message.clicked";
      case REPLIED -> "message.replied";
      case UNSUBSCRIBED -> "message.unsubscribed";
    };
  }

  private boolean refuses(Seen seen) {
    String words = seen.receipt().detail();
    return seen.receipt().kind() == ReceiptKind.UNSUBSCRIBED
        || (seen.receipt().kind() == ReceiptKind.REPLIED
            && words != null
            && policies.at(clock.instant()).unsubscribeWords().matches(words));
  }

  /** Ends marketing on the channel at once; what waits in the outbox is stopped at its gate. */
  private void refuse(List<Seen> refusals, Instant now) {
    if (refusals.isEmpty()) {
      return;
    }
    Map<Long, String> refs =
        customers.refsOf(
            refusals.stream()
                .map(seen -> seen.message().request().customerId())
                .distinct()
                .toList());
    Set<ConsentChange> changes = new LinkedHashSet<>();
    for (Seen seen : refusals) {
      String ref = refs.get(seen.message().request().customerId());
      if (ref != null) {
        for (Purpose purpose : purposes(seen.message().purpose())) {
          changes.add(refusal(ref, purpose, seen.receipt(), now));
        }
      }
    }
    BatchReport report = consents.record(List.copyOf(changes), "system");
    if (!report.problems().isEmpty()) {
      // A refusal that is not written would let the next message out; the provider repeats the
      // batch.
      throw new IllegalStateException("refusals not recorded: " + report.problems().size());
    }
  }

  private Set<Purpose> purposes(Purpose own) {
    Set<Purpose> refused = new LinkedHashSet<>(MARKETING);
    if (policies.at(clock.instant()).refusable().purposes().contains(own)) {
      refused.add(own);
    }
    return refused;
  }

  private static ConsentChange refusal(String ref, Purpose purpose, Receipt receipt, Instant now) {
    Channel channel = receipt.channel();
    return new ConsentChange(
        ref,
        purpose,
        channel,
        ConsentState.REFUSED,
        channel.code() + "_" + receipt.kind().code(),
        "",
        now,
        null,
        "receipt:" + receipt.providerReceiptId());
  }

  /** A receipt and the message it is about. */
  private record Seen(Receipt receipt, StoredMessages.Stored message) {

    boolean failure() {
      return receipt.kind() == ReceiptKind.FAILED || receipt.kind() == ReceiptKind.BOUNCED;
    }

    String reason() {
      String detail = receipt.detail();
      return detail == null ? receipt.kind().code() : detail;
    }
  }
}
