package io.waymark.engine;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.PublicationGuard;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;

/** A guard that is against the journeys a test names. */
@TestComponent
class Objections implements PublicationGuard {

  static final Set<String> KEYS = ConcurrentHashMap.newKeySet();

  @Override
  public List<String> reasonsAgainst(JourneyVersion version) {
    return KEYS.contains(version.key()) ? List.of("演练没有通过，请先修改旅程。") : List.of();
  }
}
