package io.waymark.engine.step;

import io.waymark.contact.ContactRequest;
import io.waymark.journey.JourneySettings;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a step's settings into the request the gate understands. */
@Component
class Contacts {

  private final JourneyVersions versions;
  // A version's settings never change, so they are read once.
  private final Map<Long, JourneySettings> settings = new ConcurrentHashMap<>();

  Contacts(JourneyVersions versions) {
    this.versions = versions;
  }

  ContactRequest request(StepCall call) {
    return new ContactRequest(
        call.customerId(),
        call.participation().branch(),
        call.participation().id(),
        call.participation().journeyKey(),
        call.node(),
        call.visit(),
        call.setting("template"),
        product(call),
        priority(call),
        Map.of());
  }

  private static @Nullable String product(StepCall call) {
    return call.optional("product")
        .or(() -> Optional.ofNullable(call.variable("product")))
        .filter(product -> !product.equals("none"))
        .orElse(null);
  }

  private int priority(StepCall call) {
    return settings
        .computeIfAbsent(
            call.participation().journeyVersionId(),
            id -> versions.find(id).map(JourneyVersion::settings).orElseThrow())
        .priority();
  }
}
