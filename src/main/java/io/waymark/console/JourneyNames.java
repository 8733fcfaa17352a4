package io.waymark.console;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What journeys are called: the name their newest version was drawn with. */
@Component
class JourneyNames {

  private final JourneyVersions versions;

  JourneyNames(JourneyVersions versions) {
    this.versions = versions;
  }

  /** Name by journey key. */
  Map<String, String> byKey() {
    return versions.all().stream()
        .collect(
            Collectors.toMap(JourneyVersion::key, JourneyVersion::name, (newest, older) -> newest));
  }
}
