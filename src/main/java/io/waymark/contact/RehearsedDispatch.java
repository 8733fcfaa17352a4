package io.waymark.contact;

import io.waymark.channel.ProviderAnswer;
import io.waymark.platform.Channel;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way out of a rehearsal: messages depart as they do live, gates and all, but instead of asking
 * a provider somebody says what became of each. It knows no provider.
 */
@Component
public class RehearsedDispatch {

  private static final int BATCH = 500;
  private static final String NOBODY = "rehearsal";

  private final Outbox outbox;
  private final Departures departures;
  private final Answers answers;
  private final Settlement settlement;
  private final NextTexts nextTexts;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RehearsedDispatch(
      Outbox outbox,
      Departures departures,
      Answers answers,
      Settlement settlement,
      NextTexts nextTexts,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.outbox = outbox;
    this.departures = departures;
    this.answers = answers;
    this.settlement = settlement;
    this.nextTexts = nextTexts;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What becomes of a message that left. */
  public enum Fate {
    /** The provider takes it, and where there are receipts the receipt comes at once. */
    ARRIVES,
    /** The provider refuses it for good. */
    FAILS,
    /** The provider takes it and is never heard of again. */
    SILENT
  }

  /** Says what becomes of messages. */
  @FunctionalInterface
  public interface Fates {

    /**
     * The fate of one message.
     *
     * @param writtenAt when the message came into being
     */
    Fate of(long customerId, Channel channel, Instant writtenAt);
  }

  /**
   * Lets everything leave that is due at the stage's time.
   *
   * @return how many messages were handled; 0 when nothing is due
   * @throws IllegalStateException outside a rehearsal
   */
  public int leave(Fates fates) {
    if (!Rehearsing.on()) {
      throw new IllegalStateException("only rehearsed messages leave without a provider");
    }
    int handled = 0;
    for (Channel channel : outbox.dueChannels(clock.instant())) {
      while (outbox.promote(channel, BATCH, clock.instant()) == BATCH) {
        // until all that is due is ready
      }
      int taken;
      do {
        taken = depart(channel, fates);
        handled += taken;
      } while (taken > 0);
      handled += giveUpReceipts(channel);
    }
    return handled + nextTexts.run(BATCH);
  }

  /** When the next message is due to leave or to be given up; empty when none is under way. */
  public Optional<Instant> nextDue() {
    return jdbc.sql(
            """
            select min(due) as due
              from (select min(due_at) as due from outbox
                     where state in ('later', 'ready', 'awaiting')
                    union all select min(due_at) from message_fallback) t
            """)
        .query((row, number) -> Optional.ofNullable(row.getTimestamp("due")))
        .single()
        .map(Timestamp::toInstant);
  }

  private int depart(Channel channel, Fates fates) {
    Departing departing = departures.prepare(channel, BATCH, BATCH);
    List<Answers.Answered> said = new ArrayList<>();
    List<Settling> receipts = new ArrayList<>();
    for (Departing.Call call : departing.calls()) {
      Outbox.Row row = call.attempt().row();
      Fate fate = fates.of(row.customerId(), channel, row.createdAt());
      said.add(new Answers.Answered(call.attempt(), NOBODY, answer(fate, row)));
      if (fate == Fate.ARRIVES && channel == Channel.SMS) {
        receipts.add(Settling.of(row.messageId(), Settling.Outcome.DELIVERED));
      }
    }
    transaction.executeWithoutResult(
        status -> {
          answers.record(said);
          settlement.settle(receipts, clock.instant());
        });
    return departing.taken();
  }

  private static ProviderAnswer answer(Fate fate, Outbox.Row row) {
    return fate == Fate.FAILS
        ? new ProviderAnswer.Rejected("rehearsed", "", false, null)
        : new ProviderAnswer.Accepted(NOBODY + "-" + row.messageId());
  }

  private int giveUpReceipts(Channel channel) {
    Integer given =
        transaction.execute(
            status -> {
              Instant now = clock.instant();
              List<Outbox.Row> rows = outbox.takeDue(channel, Outbox.State.AWAITING, BATCH, now);
              settlement.settle(
                  rows.stream()
                      .map(
                          row ->
                              Settling.of(
                                  row.messageId(), Settling.Outcome.UNKNOWN, "receipt_timeout"))
                      .toList(),
                  now);
              return rows.size();
            });
    return given == null ? 0 : given;
  }
}
