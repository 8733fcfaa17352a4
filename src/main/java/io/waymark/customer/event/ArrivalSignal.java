package io.waymark.customer.event;

import io.waymark.platform.rehearsal.Rehearsing;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes consumers once the transaction that queued events has committed. */
@Component
class ArrivalSignal {

  private final ApplicationEventPublisher publisher;

  ArrivalSignal(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  /** Must be called inside a transaction; says nothing when nothing was queued. */
  void afterCommit(int count) {
    if (count == 0 || Rehearsing.on()) {
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            publisher.publishEvent(new EventsArrived(count));
          }
        });
  }
}
