package io.waymark.contact;

import io.waymark.channel.ProviderAnswer;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The transaction after a provider was called. Locks outbox rows, then messages, both in the order
 * of their ids, as receipts do.
 */
@Component
class Answers {

  private final Outbox outbox;
  private final StoredMessages messages;
  private final Settlement settlement;
  private final ContactSettings settings;
  private final Clock clock;

  Answers(
      Outbox outbox,
      StoredMessages messages,
      Settlement settlement,
      ContactSettings settings,
      Clock clock) {
    this.outbox = outbox;
    this.messages = messages;
    this.settlement = settlement;
    this.settings = settings;
    this.clock = clock;
  }

  /** Writes down what the providers said. An answer that comes too late only adds what it knows. */
  @Transactional
  public void record(Collection<Answered> answers) {
    if (answers.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<UUID> ids = answers.stream().map(Answered::messageId).toList();
    outbox.lock(ids);
    messages.lock(ids);
    Set<UUID> open = outbox.open(answers.stream().map(Answered::attempt).toList());
    Moves moves = new Moves(now);
    List<StoredMessages.Acceptance> accepted = new ArrayList<>();
    for (Answered answered : answers) {
      if (answered.answer() instanceof ProviderAnswer.Accepted yes) {
        accepted.add(
            new StoredMessages.Acceptance(
                answered.messageId(), answered.provider(), yes.providerId()));
      }
      if (open.contains(answered.messageId())) {
        decide(answered, moves);
      }
    }
    messages.accepted(accepted, now);
    moves.commit();
  }

  /** Gives rows back whose provider was not called after all. */
  @Transactional
  public void notCalled(Collection<Attempt> attempts) {
    if (!attempts.isEmpty()) {
      messages.status(outbox.giveBack(attempts, clock.instant()), "waiting", null, null);
    }
  }

  private void decide(Answered answered, Moves moves) {
    UUID id = answered.messageId();
    Instant now = moves.now;
    if (answered.answer() instanceof ProviderAnswer.Accepted) {
      accept(answered.attempt().row().channel(), id, moves);
    } else if (answered.answer() instanceof ProviderAnswer.Rejected no) {
      if (no.temporary() && answered.attempt().number() < settings.maxAttempts()) {
        moves.to(Outbox.State.LATER, now.plus(pause(answered.attempt(), no)), id);
      } else {
        moves.settle(Settling.of(id, Settling.Outcome.FAILED, no.code()));
      }
    } else {
      moves.to(Outbox.State.UNKNOWN, now.plus(settings.queryEvery()), id);
    }
  }

  /** Our own pause, or the provider's when it asks for a longer one. */
  private Duration pause(Attempt attempt, ProviderAnswer.Rejected no) {
    Duration own = settings.pause(attempt.number());
    Duration asked = no.retryAfter();
    return asked == null || asked.compareTo(own) < 0 ? own : asked;
  }

  /**
   * For a text message only its receipt says whether it arrived; a webhook's answer is its receipt.
   */
  private void accept(Channel channel, UUID id, Moves moves) {
    switch (channel) {
      case SMS -> moves.to(Outbox.State.AWAITING, moves.now.plus(settings.receiptTimeout()), id);
      case WEBHOOK -> moves.settle(Settling.of(id, Settling.Outcome.DELIVERED));
      default -> moves.settle(Settling.of(id, Settling.Outcome.SENT));
    }
  }

  /** What a provider said to one attempt. */
  record Answered(Attempt attempt, String provider, ProviderAnswer answer) {

    UUID messageId() {
      return attempt.messageId();
    }
  }

  /** Moves of one transaction, collected so that they are one statement. */
  private final class Moves {

    private final Instant now;
    private final List<Outbox.Move> moves = new ArrayList<>();
    private final List<Settling> settlings = new ArrayList<>();

    Moves(Instant now) {
      this.now = now;
    }

    void to(Outbox.State state, Instant dueAt, UUID id) {
      moves.add(new Outbox.Move(id, state, dueAt));
    }

    void settle(Settling settling) {
      settlings.add(settling);
    }

    void commit() {
      outbox.move(moves, now);
      messages.retryAt(moves.stream().filter(move -> move.state() == Outbox.State.LATER).toList());
      settlement.settle(settlings, now);
    }
  }
}
