package io.waymark.evidence;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An act to be proved.
 *
 * @param subject what it is about, as {@code kind:id}, e.g. {@code message:0191…}
 * @param customerId the customer concerned, if one is
 * @param branch the customer's branch; present when {@code customerId} is
 * @param actor username, {@code api:<key name>} or {@code system}
 * @param facts ids, codes, numbers and flags only; never a name, an address or a text
 */
public record EvidenceEntry(
    EvidenceKind kind,
    String subject,
    @Nullable Long customerId,
    @Nullable String branch,
    String actor,
    Map<String, ?> facts) {

  /**
   * @throws IllegalArgumentException when a customer is named without the branch
   */
  public EvidenceEntry {
    if (customerId != null && branch == null) {
      throw new IllegalArgumentException("evidence about a customer needs the branch: " + subject);
    }
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
