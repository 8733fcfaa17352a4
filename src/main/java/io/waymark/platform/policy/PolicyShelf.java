package io.waymark.platform.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which document of each kind applies when. Immutable: readers never wait. */
final class PolicyShelf {

  private final Map<String, List<PolicyDocument>> shipped = new HashMap<>();
  private final Map<String, List<PolicyDocument>> approved = new HashMap<>();

  /**
   * @param documents shipped or approved ones of every kind, in any order
   */
  PolicyShelf(List<PolicyDocument> documents) {
    documents.stream()
        .sorted(
            Comparator.comparing((PolicyDocument one) -> Objects.requireNonNull(one.inForceFrom()))
                .thenComparing(PolicyDocument::createdAt)
                .thenComparing(PolicyDocument::version))
        .forEach(
            one ->
                (one.shipped() ? shipped : approved)
                    .computeIfAbsent(one.kind(), kind -> new ArrayList<>())
                    .add(one));
  }

  /**
   * The last to come into force of those that people approved, so that an update of the software
   * never overrides them; of the shipped ones before that, the earliest of these if need be.
   */
  PolicyDocument active(String kind, Instant at) {
    PolicyDocument active = last(approved.getOrDefault(kind, List.of()), at);
    if (active == null) {
      active = last(shipped.getOrDefault(kind, List.of()), at);
    }
    if (active == null) {
      active = shipped.getOrDefault(kind, List.of()).stream().findFirst().orElse(null);
    }
    if (active == null) {
      throw new IllegalArgumentException("no policy of kind " + kind);
    }
    return active;
  }

  private static @Nullable PolicyDocument last(List<PolicyDocument> documents, Instant at) {
    PolicyDocument last = null;
    for (PolicyDocument one : documents) {
      if (!at.isBefore(Objects.requireNonNull(one.inForceFrom()))) {
        last = one;
      }
    }
    return last;
  }
}
