package io.waymark.journey;

import java.util.List;
import org.springframework.stereotype.Component;

/** The impact assessment of an approved version may have ended before it is published. */
@Component
class ImpactGuard implements PublicationGuard {

  private final MarketingEntry entry;

  ImpactGuard(MarketingEntry entry) {
    this.entry = entry;
  }

  @Override
  public List<String> reasonsAgainst(JourneyVersion version) {
    try {
      entry.require(version);
      return List.of();
    } catch (JourneyRefusedException refused) {
      return List.of(String.valueOf(refused.getMessage()));
    }
  }
}
