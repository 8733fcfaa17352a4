package io.waymark.suitability;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a check found wrong, and what it looked at. */
record Objection(SuitabilityReason reason, Map<String, String> inputs) {

  /** Inputs as name, value, name, value; a null value reads {@code unknown}. */
  static Optional<Objection> because(SuitabilityReason reason, @Nullable Object... inputs) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      Object value = inputs[i + 1];
      named.put(String.valueOf(inputs[i]), value == null ? "unknown" : value.toString());
    }
    return Optional.of(new Objection(reason, named));
  }

  Unsuitable toVerdict(String policyVersion) {
    Map<String, String> all = new LinkedHashMap<>(inputs);
    all.put("policy", policyVersion);
    return new Unsuitable(reason, all);
  }
}
