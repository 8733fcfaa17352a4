package io.waymark.engine.setup;

import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;

/**
 * Ends a message subscription without looking for jobs that were to trigger it: messages are never
 * triggered by a job, and the look costs one statement for every wait that ends.
 */
public class MessageSubscriptions extends EventSubscriptionManager {

  /** Opens this manager wherever the engine asks for its own. */
  static SessionFactory factory() {
    return new GenericManagerFactory(MessageSubscriptions.class) {
      @Override
      public Class<?> getSessionType() {
        return EventSubscriptionManager.class;
      }
    };
  }

  @Override
  public void deleteEventSubscription(EventSubscriptionEntity subscription) {
    if (subscription.isSubscriptionForEventType(EventType.MESSAGE)) {
      getDbEntityManager().delete(subscription);
    } else {
      super.deleteEventSubscription(subscription);
    }
  }
}
