package io.waymark.contact;

import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Providers;
import io.waymark.channel.SentMessage;
import io.waymark.channel.UnknownPolicy;
import io.waymark.customer.Addresses;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages of which nobody knows whether they left. The provider is asked; when it cannot say, the
 * channel's policy decides: a text message is never sent again.
 */
@Component
class Unresolved {

  private static final Logger log = LoggerFactory.getLogger(Unresolved.class);

  /** A provider that does not answer questions must not keep its lane from sending for long. */
  private static final int ASKED_AT_ONCE = 10;

  private final Outbox outbox;
  private final StoredMessages messages;
  private final Answers answers;
  private final Settlement settlement;
  private final Providers providers;
  private final Addresses addresses;
  private final TransactionTemplate transaction;
  private final ContactSettings settings;
  private final Clock clock;

  Unresolved(
      Outbox outbox,
      StoredMessages messages,
      Answers answers,
      Settlement settlement,
      Providers providers,
      Addresses addresses,
      TransactionTemplate transaction,
      ContactSettings settings,
      Clock clock) {
    this.outbox = outbox;
    this.messages = messages;
    this.answers = answers;
    this.settlement = settlement;
    this.providers = providers;
    this.addresses = addresses;
    this.transaction = transaction;
    this.settings = settings;
    this.clock = clock;
  }

  /** Does what has become due on a channel; returns how many messages were touched. */
  int resolve(Channel channel, int max) {
    int crashed = inTransaction(() -> outbox.inherit(channel, max, clock.instant()));
    List<Outbox.Row> asked = inTransaction(() -> takeToAsk(channel, Math.min(max, ASKED_AT_ONCE)));
    asked.forEach(this::ask);
    return crashed + asked.size() + inTransaction(() -> giveUpReceipts(channel, max));
  }

  private List<Outbox.Row> takeToAsk(Channel channel, int max) {
    Instant now = clock.instant();
    List<Outbox.Row> rows = outbox.takeDue(channel, Outbox.State.UNKNOWN, max, now);
    // Moved before asking, so that two nodes do not ask about the same message at once.
    outbox.move(ids(rows), Outbox.State.UNKNOWN, now.plus(settings.queryEvery()), now);
    return rows;
  }

  private void ask(Outbox.Row row) {
    Provider provider = providers.of(row.channel()).orElse(null);
    Optional<ProviderAnswer> said = provider == null ? Optional.empty() : query(provider, row);
    if (provider != null && said.isPresent() && !(said.get() instanceof ProviderAnswer.Unknown)) {
      answers.record(List.of(new Answers.Answered(call(row), provider.name(), said.get())));
    } else if (clock.instant().isAfter(row.since().plus(settings.unknownPatience()))) {
      inTransaction(() -> decide(row, provider));
    }
  }

  private Optional<ProviderAnswer> query(Provider provider, Outbox.Row row) {
    try {
      String address = addresses.of(List.of(row.customerId()), row.channel()).get(row.customerId());
      return address == null
          ? provider.query(row.messageId())
          : provider.query(new SentMessage(row.messageId(), address, row.since()));
    } catch (RuntimeException e) {
      log.warn(
          "Provider {} failed when asked about {}: {}",
          provider.name(),
          row.messageId(),
          e.getClass().getName());
      return Optional.empty();
    }
  }

  private int decide(Outbox.Row row, @Nullable Provider provider) {
    Instant now = clock.instant();
    outbox.lock(List.of(row.messageId()));
    if (!outbox.open(List.of(call(row))).contains(row.messageId())) {
      return 0;
    }
    boolean again =
        provider != null
            && provider.whenUnknown() == UnknownPolicy.MAY_RESEND
            && row.attempts() < settings.maxAttempts();
    if (again) {
      outbox.move(List.of(row.messageId()), Outbox.State.READY, now, now);
      messages.status(List.of(row.messageId()), "waiting", "retry", null);
    } else {
      settlement.settle(
          List.of(Settling.of(row.messageId(), Settling.Outcome.UNKNOWN, "no_answer")), now);
    }
    return 1;
  }

  private int giveUpReceipts(Channel channel, int max) {
    Instant now = clock.instant();
    List<Outbox.Row> rows = outbox.takeDue(channel, Outbox.State.AWAITING, max, now);
    settlement.settle(
        rows.stream()
            .map(row -> Settling.of(row.messageId(), Settling.Outcome.UNKNOWN, "receipt_timeout"))
            .toList(),
        now);
    return rows.size();
  }

  private static Attempt call(Outbox.Row row) {
    return new Attempt(row, row.attempts());
  }

  private static List<UUID> ids(List<Outbox.Row> rows) {
    return rows.stream().map(Outbox.Row::messageId).toList();
  }

  private <T> T inTransaction(Supplier<T> work) {
    T result = transaction.execute(status -> work.get());
    if (result == null) {
      throw new IllegalStateException("a transaction without result");
    }
    return result;
  }
}
