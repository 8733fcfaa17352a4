package io.waymark.customer.tag;

import io.waymark.platform.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tag is: without one, nobody may send values of it (requirement D5: owner, meaning and
 * update frequency of every tag).
 *
 * @param code lower-case letters, digits and underscores, beginning with a letter, at most 64
 * @param name short Chinese name for pickers and tables
 * @param meaning a sentence that tells a marketer what the value says and how it is made
 * @param owner who answers for it: a person or a department
 * @param freshness how long after its {@code as_of} a value counts; then it is UNKNOWN, never
 *     false. Null when values do not age
 * @param purposes what it may be used for; empty for no restriction
 * @param allowed the only values, in their order on screen; empty for any value of the type
 * @param keepHistory whether every change is kept and shown in the customer's timeline
 * @param rule the audience rule a {@link TagSource#RULE} tag is computed by, else null
 */
public record TagDefinition(
    String code,
    String name,
    String meaning,
    TagType type,
    TagSource source,
    String owner,
    @Nullable Duration freshness,
    PrivacyClass privacy,
    Set<Purpose> purposes,
    List<String> allowed,
    boolean keepHistory,
    @Nullable String rule) {

  public TagDefinition {
    purposes = Set.copyOf(purposes);
    allowed = List.copyOf(allowed);
  }

  /** Whether it may be used for this purpose (个人信息保护法 art. 6: no use beyond the purpose). */
  public boolean serves(Purpose purpose) {
    return purposes.isEmpty() || purposes.contains(purpose);
  }

  /** Whether a value that was true then still counts now. */
  public boolean fresh(Instant asOf, Instant now) {
    return freshness == null || !asOf.isBefore(now.minus(freshness));
  }

  /** The value as it is kept; empty when it does not fit the type or is not allowed. */
  public Optional<String> read(String value) {
    return type.read(value).filter(read -> allowed.isEmpty() || allowed.contains(read));
  }
}
