package io.waymark.journey;

import io.waymark.contact.CarriedClaims;
import io.waymark.customer.identity.CustomersMerged;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The survivor of a merge goes on in its journeys and is not told again what the absorbed record
 * heard there. Comes after the engine has ended the ways of the absorbed record.
 */
@Component
class MergedWays {

  private final Participations participations;
  private final CarriedClaims claims;

  MergedWays(Participations participations, CarriedClaims claims) {
    this.participations = participations;
    this.claims = claims;
  }

  @EventListener
  @Order(2)
  void on(CustomersMerged merged) {
    List<Participation> heard = participations.ofCustomer(merged.absorbedId());
    for (Participation way : participations.ofCustomer(merged.survivorId())) {
      List<Long> same =
          heard.stream()
              .filter(other -> other.journeyKey().equals(way.journeyKey()))
              .map(Participation::id)
              .toList();
      if (way.leftAt() == null && !same.isEmpty()) {
        claims.carry(same, merged.absorbedId(), way.id(), merged.survivorId());
      }
    }
  }
}
