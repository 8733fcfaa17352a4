package io.waymark.contact;

import io.waymark.content.TemplateVersion;
import io.waymark.customer.GateFacts;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Optional;

/**
 * What a gate is asked.
 *
 * @param request who is to be told what
 * @param facts what is known about customer, content, product and history
 * @param policy the rules in force
 * @param now the moment of the question
 */
public record GateQuestion(
    ContactRequest request, ContactFacts facts, ContactPolicy policy, Instant now) {

  /**
   * The customer's facts.
   *
   * @throws IllegalStateException when the customer is unknown; the first gate sees to it that no
   *     other is asked then
   */
  public GateFacts customer() {
    GateFacts customer = facts.customer();
    if (customer == null) {
      throw new IllegalStateException("gate asked about an unknown customer");
    }
    return customer;
  }

  /** The channel of the approved template; empty when there is none. */
  public Optional<Channel> channel() {
    return template().map(version -> version.metadata().channel());
  }

  /** The purpose of the approved template; empty when there is none. */
  public Optional<Purpose> purpose() {
    return template().map(version -> version.metadata().purpose());
  }

  /**
   * Whether missing data counts against sending: everything but service and education, and whatever
   * has no approved template to say what it is for.
   */
  public boolean strict() {
    return purpose().map(policy::strict).orElse(true);
  }

  private Optional<TemplateVersion> template() {
    return Optional.ofNullable(facts.template());
  }
}
