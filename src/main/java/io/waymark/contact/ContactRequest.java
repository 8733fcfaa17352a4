package io.waymark.contact;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to say something to one customer.
 *
 * @param customerId who shall be reached
 * @param branch the branch the customer belongs to
 * @param participationId the participation that asks; null outside journeys, then the customer
 *     takes its place in the claim
 * @param journeyKey key of the journey, or a word for the sender outside journeys
 * @param node id of the activity that sends; with participation and visit it names the one message
 * @param visit how many times the participation has come to the node, from 1
 * @param template code of the message template
 * @param product code of the product the message is about; null when it is about none
 * @param priority 0 to 100; among requests for one customer the higher is asked first and is
 *     dispatched first
 * @param parameters values the template may read as {@code param.*}: codes and short texts
 */
public record ContactRequest(
    long customerId,
    String branch,
    @Nullable Long participationId,
    String journeyKey,
    String node,
    int visit,
    String template,
    @Nullable String product,
    int priority,
    Map<String, String> parameters) {

  public ContactRequest {
    parameters = Map.copyOf(parameters);
  }

  /** The same wish in the words of another template. */
  ContactRequest in(String otherTemplate) {
    return otherTemplate.equals(template)
        ? this
        : new ContactRequest(
            customerId,
            branch,
            participationId,
            journeyKey,
            node,
            visit,
            otherTemplate,
            product,
            priority,
            parameters);
  }
}
