package io.waymark.contact;

import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallProgress;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.RecallWork;
import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.platform.crypto.CustomerVault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Withholds the waiting messages of what was recalled, takes down what stands in the App, and lists
 * who had been reached.
 *
 * <p>None of this decides what leaves: a message taken from the outbox asks the gate, and the gate
 * reads what stands recalled in that transaction. Rows are waited for rather than skipped, so a
 * message that was being handed over when the recall was committed is seen in the state it ends in.
 */
@Component
class RecalledMessages implements RecallWork {

  private static final int BATCH = 500;
  private static final int READ_BACK = 5_000;
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final Set<Outbox.State> WAITING = Set.of(Outbox.State.LATER, Outbox.State.READY);

  private final RecallProgress progress;
  private final RecalledRows rows;
  private final StoredMessages messages;
  private final Outbox outbox;
  private final Settlement settlement;
  private final CustomerVault vault;
  private final Clock clock;

  RecalledMessages(
      RecallProgress progress,
      RecalledRows rows,
      StoredMessages messages,
      Outbox outbox,
      Settlement settlement,
      CustomerVault vault,
      Clock clock) {
    this.progress = progress;
    this.rows = rows;
    this.messages = messages;
    this.outbox = outbox;
    this.settlement = settlement;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  @Transactional
  public boolean workSome(long recallId) {
    RecallProgress.Place place = progress.lock(recallId).orElse(null);
    if (place == null || place.listed()) {
      return false;
    }
    if (!place.stopped()) {
      stopSome(recallId, place);
    } else {
      listSome(recallId, place);
    }
    return true;
  }

  private void stopSome(long recallId, RecallProgress.Place place) {
    if (place.lifted()) {
      // What is still waiting may go after all.
      progress.stopped(recallId);
    } else if (!LAST.equals(place.outboxAfter())) {
      withholdSome(recallId, place);
    } else {
      takeDownSome(recallId, place);
    }
  }

  private void withholdSome(long recallId, RecallProgress.Place place) {
    List<UUID> candidates = rows.waiting(place.target(), from(place.outboxAfter()), BATCH);
    List<UUID> matching = matching(place.target(), candidates);
    Map<UUID, Outbox.State> states = outbox.lockStates(matching);
    List<Settling> withheld = new ArrayList<>();
    List<UUID> left = new ArrayList<>();
    states.forEach(
        (id, state) -> {
          if (WAITING.contains(state)) {
            withheld.add(
                new Settling(
                    id, Settling.Outcome.WITHHELD, WithheldReason.RECALLED.code(), "recall"));
          } else {
            left.add(id);
          }
        });
    settlement.settle(withheld, clock.instant());
    progress.reached(recallId, rows.reached(recallId, left));
    progress.withheld(recallId, next(candidates), withheld.size());
  }

  private void takeDownSome(long recallId, RecallProgress.Place place) {
    List<UUID> candidates = rows.inApp(place.target(), from(place.inAppAfter()), BATCH);
    int down = rows.takeDown(matching(place.target(), candidates));
    progress.takenDown(recallId, next(candidates), down);
    if (candidates.size() < BATCH) {
      progress.stopped(recallId);
    }
  }

  private void listSome(long recallId, RecallProgress.Place place) {
    Instant from = place.listedTo() == null ? clock.instant().plusSeconds(1) : place.listedTo();
    UUID fromId = place.listedToId() == null ? LAST : place.listedToId();
    boolean phrase = place.target().kind() == RecallKind.PHRASE;
    List<RecalledRows.Past> past =
        rows.past(place.target(), from, fromId, phrase ? BATCH : READ_BACK);
    List<UUID> left =
        past.stream().filter(RecalledRows.Past::matches).map(RecalledRows.Past::messageId).toList();
    progress.reached(recallId, rows.reached(recallId, matching(place.target(), left)));
    if (past.size() < (phrase ? BATCH : READ_BACK)) {
      progress.listed(recallId);
    } else {
      RecalledRows.Past last = past.get(past.size() - 1);
      progress.listedTo(recallId, last.createdAt(), last.messageId());
    }
  }

  /** Where a phrase is recalled only the opened text tells; all else the rows have told already. */
  private List<UUID> matching(RecallTarget target, List<UUID> candidates) {
    if (target.kind() != RecallKind.PHRASE || candidates.isEmpty()) {
      return candidates;
    }
    StandingRecalls phrase = new StandingRecalls(List.of(target));
    Collection<StoredMessages.Stored> stored = messages.load(candidates).values();
    return FrozenTexts.open(vault, stored).entrySet().stream()
        .filter(entry -> phrase.in(entry.getValue().whole()).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static UUID from(@Nullable UUID after) {
    return after == null ? FIRST : after;
  }

  private static UUID next(List<UUID> candidates) {
    return candidates.size() < BATCH ? LAST : candidates.get(candidates.size() - 1);
  }
}
