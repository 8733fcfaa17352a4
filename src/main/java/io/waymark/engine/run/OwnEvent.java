package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;

/**
 * Events by which Waymark itself moves one participation ({@code campaign.released} …): they name
 * it, and a customer's other journeys that wait for the same do not hear them.
 */
final class OwnEvent {

  private static final String ADDRESSED = "campaign.";

  private OwnEvent() {}

  static boolean concerns(CustomerEvent event, long participation) {
    return !event.type().startsWith(ADDRESSED)
        || event.properties().get("participationId") instanceof Number addressed
            && addressed.longValue() == participation;
  }
}
