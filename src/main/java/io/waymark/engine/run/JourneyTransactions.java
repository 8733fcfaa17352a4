package io.waymark.engine.run;

import io.waymark.journey.NodeVisits;
import io.waymark.journey.NodeVisits.Place;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Finds the {@link JourneyTransaction} of the running database transaction.
 *
 * <p>The first touch of a participation locks its customer, before any other row is locked, so that
 * a timer and an event of the same customer can neither deadlock nor miss each other.
 */
@Component
public class JourneyTransactions {

  private final JourneyBooks books;
  private final NodeVisits visits;
  private final Participations participations;
  private final Traces traces;
  private final Clock clock;

  JourneyTransactions(
      JourneyBooks books,
      NodeVisits visits,
      Participations participations,
      Traces traces,
      Clock clock) {
    this.books = books;
    this.visits = visits;
    this.participations = participations;
    this.traces = traces;
    this.clock = clock;
  }

  private static final class Holder extends ResourceHolderSupport {

    private final JourneyTransaction transaction;

    private Holder(JourneyTransaction transaction) {
      this.transaction = transaction;
    }
  }

  JourneyTransaction current() {
    Holder holder = (Holder) TransactionSynchronizationManager.getResource(this);
    if (holder != null) {
      return holder.transaction;
    }
    JourneyTransaction transaction = new JourneyTransaction(books);
    TransactionSynchronizationManager.bindResource(this, new Holder(transaction));
    TransactionSynchronizationManager.registerSynchronization(transaction);
    TransactionSynchronizationManager.registerSynchronization(new Unbinding());
    return transaction;
  }

  /** The participation with this id, its customer locked until the transaction ends. */
  public Participation participation(long id) {
    JourneyTransaction transaction = current();
    Participation known = transaction.known(id);
    if (known == null) {
      known =
          participations.locked(List.of(id)).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("unknown participation " + id));
      know(transaction, known);
    }
    return known;
  }

  /** Reads these participations and locks their customers, all at once. */
  public void know(Collection<Long> ids) {
    JourneyTransaction transaction = current();
    List<Long> unknown =
        ids.stream().distinct().filter(id -> transaction.known(id) == null).toList();
    if (!unknown.isEmpty()) {
      participations.locked(unknown).forEach(one -> know(transaction, one));
    }
  }

  private void know(JourneyTransaction transaction, Participation found) {
    transaction.know(found);
    traces.carry(Traced.participation(found.id()), found.trace());
  }

  /**
   * From now on the transaction takes the participation as it is given, e.g. in another version.
   * Its customer must be locked already.
   */
  public void becomes(Participation participation) {
    current().know(participation);
  }

  /**
   * Notes that a participation now waits for these events though no token has come to a wait, so
   * that what came before is looked up as it is when one does.
   *
   * @param lastMessage id of the last message it was sent; null when there is none
   */
  public void awaits(
      Participation participation, List<String> names, @Nullable Object lastMessage) {
    current().begins(new BegunWait(participation, names, lastMessage));
  }

  /**
   * Ends a participation whose instance the engine no longer knows: nothing of it can be told any
   * more by the engine itself.
   *
   * @param standing nodes its open visits name
   */
  public void gone(Participation participation, List<String> standing, String reason) {
    standing.forEach(node -> current().left(participation.id(), node, now(), "interrupted"));
    current().ended(participation.id(), reason);
  }

  /** Notes why a participation will leave, and the goal it reached, if any. */
  public void leaving(long participationId, String reason, @Nullable String goal) {
    current().leaving(participationId, reason, goal);
  }

  /** Notes that the node the participation stands on ends with this outcome. */
  public void outcome(long participationId, String node, String outcome) {
    current().outcome(participationId, node, outcome);
  }

  /** Which visit of the node this is, counted from 1; the same when a transaction is repeated. */
  public int visit(long participationId, String node) {
    JourneyTransaction transaction = current();
    int here = Math.max(1, transaction.visitsHere(participationId, node));
    if (transaction.isStarting(participationId)) {
      return here;
    }
    countVisits(List.of(new Place(participationId, node)));
    return here + Objects.requireNonNull(transaction.earlierVisits(participationId, node));
  }

  /**
   * Counts at once how often participations came to nodes before this transaction, for {@link
   * #visit}.
   */
  public void countVisits(Collection<Place> places) {
    JourneyTransaction transaction = current();
    List<Place> uncounted =
        places.stream()
            .filter(place -> !transaction.isStarting(place.participationId()))
            .filter(
                place -> transaction.earlierVisits(place.participationId(), place.node()) == null)
            .distinct()
            .toList();
    if (!uncounted.isEmpty()) {
      visits
          .earlierVisits(uncounted)
          .forEach(
              (place, count) ->
                  transaction.earlierVisits(place.participationId(), place.node(), count));
    }
  }

  OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }

  /** A nested, suspended or finished transaction must not see this one's facts. */
  private final class Unbinding implements TransactionSynchronization {

    private Object held = new Object();

    @Override
    public void suspend() {
      held = TransactionSynchronizationManager.unbindResource(JourneyTransactions.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(JourneyTransactions.this, held);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(JourneyTransactions.this);
    }
  }
}
