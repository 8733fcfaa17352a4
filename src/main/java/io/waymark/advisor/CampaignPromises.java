package io.waymark.advisor;

import io.waymark.advisor.Choosing.Question;
import io.waymark.platform.policy.PolicyDocuments;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Promises customers of a campaign to advisors, by the rules every task is routed by and within
 * what each advisor can still be given today.
 */
@Component
public class CampaignPromises {

  private final CampaignPlaces places;
  private final Choosing choosing;
  private final Roster roster;
  private final PolicyDocuments policies;
  private final RoutingPolicyKind kind;

  CampaignPromises(
      CampaignPlaces places,
      Choosing choosing,
      Roster roster,
      PolicyDocuments policies,
      RoutingPolicyKind kind) {
    this.places = places;
    this.choosing = choosing;
    this.roster = roster;
    this.policies = policies;
    this.kind = kind;
  }

  /**
   * The day of one campaign.
   *
   * @param ownOnly whether who has an advisor of his own waits while that one has no place left
   */
  public record Order(long campaign, String qualification, boolean ownOnly) {}

  /** Somebody who waits. */
  public record Waiting(long participation, long customer, String branch) {}

  /** What is left of the day, for one round of promises. */
  public final class Round {

    private final Order order;
    private final Instant now;
    private final Map<String, Integer> left = new HashMap<>();

    private Round(Order order, Instant now) {
      this.order = order;
      this.now = now;
      places.rooms(order.campaign(), now).forEach(room -> left.put(room.advisor(), room.left()));
    }

    /**
     * Promises one customer to somebody.
     *
     * @return user name; empty when nobody can take him now
     */
    public Optional<String> promise(Waiting waiting) {
      Roster.Cared cared =
          Objects.requireNonNull(roster.cared(List.of(waiting.customer())).get(waiting.customer()));
      Question question = question(waiting, cared);
      String own = cared.advisor();
      if (order.ownOnly()
          && own != null
          && left.getOrDefault(own, 1) == 0
          && choosing.couldTake(question, own, now)) {
        return Optional.empty();
      }
      String chosen = choosing.choose(List.of(question), now).get(0).advisor();
      if (chosen == null
          || !places.promise(order.campaign(), chosen, waiting.participation(), now)) {
        return Optional.empty();
      }
      left.merge(chosen, -1, Integer::sum);
      return Optional.of(chosen);
    }

    private Question question(Waiting waiting, Roster.Cared cared) {
      TaskNeeds needs = needs();
      boolean ownFirst = TaskRouting.rule(policies.active(kind, now), needs, cared).ownFirst();
      return new Question(
          waiting.branch(), order.qualification(), needs, cared.advisor(), full(), ownFirst);
    }

    private Set<String> full() {
      return left.entrySet().stream()
          .filter(one -> one.getValue() <= 0)
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  /** Begins a round with what is left now. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Round round(Order order, Instant now) {
    return new Round(order, now);
  }

  private static TaskNeeds needs() {
    @Nullable String any = null;
    return new TaskNeeds(CampaignPlaces.KIND, "normal", any, any, any, false);
  }
}
