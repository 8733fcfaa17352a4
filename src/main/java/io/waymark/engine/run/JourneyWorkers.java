package io.waymark.engine.run;

import io.waymark.customer.event.EventsArrived;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.EnrolmentsQueued;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The two threads that move journeys besides the engine's job executor: one delivers customer
 * events, one lets queued customers in. Both wake when something was committed, and look by
 * themselves every now and then for what another node left.
 */
@Component
class JourneyWorkers implements SmartLifecycle {

  private final Worker delivery;
  private final Worker enrolment;
  private final boolean enabled;
  private volatile boolean running;

  JourneyWorkers(
      EventDelivery events,
      EnrolmentRunner enrolments,
      @Value("${waymark.background.enabled:true}") boolean enabled) {
    this.delivery = new Worker("event-delivery", events::deliverNext);
    this.enrolment = new Worker("enrolment", enrolments::runNext);
    this.enabled = enabled;
  }

  @TransactionalEventListener(fallbackExecution = true)
  void arrived(EventsArrived arrived) {
    delivery.wake();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void queued(EnrolmentsQueued queued) {
    enrolment.wake();
  }

  @Override
  public boolean isAutoStartup() {
    return enabled;
  }

  @Override
  public void start() {
    running = true;
    delivery.start();
    enrolment.start();
  }

  @Override
  public void stop() {
    running = false;
    delivery.stop();
    enrolment.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
