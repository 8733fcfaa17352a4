package io.waymark.journey.rehearsal;

import java.time.Duration;
import java.util.Map;

/** What happens next while one customer's journey is rehearsed. */
public sealed interface Act {

  /** Time goes to the next thing that is due: a timer, a message that waits, a receipt. */
  record Step() implements Act {}

  /** Time passes; what falls due meanwhile happens at its time. */
  record Pass(Duration time) implements Act {}

  /** Time goes to half past nine of the exchange's next trading day. */
  record NextTradingDay() implements Act {}

  /**
   * The customer does something, or something is reported of him.
   *
   * @param type code of the event type
   * @param properties as the reporting system would give them
   */
  record Happens(String type, Map<String, String> properties) implements Act {

    public Happens {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * The advisor who holds the customer's task answers it.
   *
   * @param outcome code, one of the task's
   */
  record Answered(String outcome) implements Act {}

  /** The message sent by the act before does not arrive; said twice, the second one neither. */
  record DeliveryFails() implements Act {}

  /** The message sent by the act before gets no receipt; repeated as {@link DeliveryFails}. */
  record NoReceipt() implements Act {}
}
