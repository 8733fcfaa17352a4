package io.waymark.compliance;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Reads a rendered text with the rule pack in force. Pure and fast enough for every message: no
 * statement, no network, one pass over the text.
 */
@Component
public class ContentScanner {

  private final RulePacks packs;
  private final Clock clock;

  public ContentScanner(RulePacks packs, Clock clock) {
    this.packs = packs;
    this.clock = clock;
  }

  /** Scans with the pack in force now. */
  public ScanReport scan(String text) {
    return scan(text, clock.instant());
  }

  /** Scans with the pack that is in force at an instant, e.g. to look ahead to a new pack. */
  public ScanReport scan(String text, Instant at) {
    return packs.scan(text, at);
  }
}
