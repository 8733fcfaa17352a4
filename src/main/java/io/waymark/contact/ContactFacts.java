package io.waymark.contact;

import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.content.TemplateVersion;
import io.waymark.customer.GateFacts;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gates look at for one request.
 *
 * @param customer null when the customer is unknown
 * @param template the approved version; null when none is
 * @param product the product asked for; null when none was or it is unknown
 * @param suppressions those in force
 * @param counted messages that count against caps, this one not among them
 * @param days day and night where the customer lives
 * @param activity how often he looked, by hour of his day; null when not asked for
 * @param addressKnown whether the customer can be reached on the template's channel
 * @param channelOpen whether messages can leave on the template's channel at all
 * @param recalls what stands recalled
 * @param pausedBy rules that came after the template's approval and hit it; empty when none does
 */
public record ContactFacts(
    @Nullable GateFacts customer,
    @Nullable TemplateVersion template,
    @Nullable Product product,
    List<Suppression> suppressions,
    List<Counted> counted,
    LocalDays days,
    @Nullable List<Integer> activity,
    boolean addressKnown,
    boolean channelOpen,
    StandingRecalls recalls,
    List<String> pausedBy) {

  public ContactFacts {
    suppressions = List.copyOf(suppressions);
    counted = List.copyOf(counted);
    pausedBy = List.copyOf(pausedBy);
    activity = activity == null ? null : List.copyOf(activity);
  }

  /** The same facts for a text frozen from one version: another approved version is none for it. */
  ContactFacts approvedAs(long versionId) {
    return template == null || template.id() == versionId
        ? this
        : new ContactFacts(
            customer,
            null,
            product,
            suppressions,
            counted,
            days,
            activity,
            addressKnown,
            channelOpen,
            recalls,
            pausedBy);
  }

  /**
   * One message that takes a place under the caps.
   *
   * @param at when it was, or will be, sent
   * @param waiting the message, while it may still be taken back; null once it may not
   */
  public record Counted(
      Channel channel, Purpose purpose, Instant at, int priority, @Nullable UUID waiting) {}
}
