package io.waymark.console;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.HeldTag;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.staff.Role;
import io.waymark.segment.Audience;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.live.KeptAudiences;
import io.waymark.segment.live.Membership;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where one customer stands: what is known by tag, and which audiences that makes him part of. */
@Component
class CustomerStanding {

  private static final Set<String> LEADING = Set.of("tier", "lifecycle");

  private final CustomerTags tags;
  private final TagRegistry registry;
  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final KeptAudiences kept;
  private final Membership membership;
  private final Clock clock;

  CustomerStanding(
      CustomerTags tags,
      TagRegistry registry,
      Audiences audiences,
      AudienceQuestions questions,
      KeptAudiences kept,
      Membership membership,
      Clock clock) {
    this.tags = tags;
    this.registry = registry;
    this.audiences = audiences;
    this.questions = questions;
    this.kept = kept;
    this.membership = membership;
    this.clock = clock;
  }

  /**
   * One value as a person of some role may see it.
   *
   * @param name the tag's Chinese name; its code while nobody declared it
   * @param value null when it is kept from this role
   */
  public record Line(
      String tag,
      String name,
      String meaning,
      @Nullable String value,
      Instant asOf,
      boolean fresh) {

    /** Whether it says in one word who the customer is to the house. */
    public boolean leading() {
      return LEADING.contains(tag);
    }
  }

  /**
   * An audience the customer belongs to.
   *
   * @param since when he became a member; null for an audience whose members are not kept
   */
  public record Belonging(String code, String name, @Nullable Instant since) {}

  /** Every tag held for the customer, tier and stage first, stale values among them. */
  List<Line> tags(long customerId, Role role) {
    List<Line> lines = new ArrayList<>();
    Map<String, TagDefinition> definitions = registry.byCode();
    for (HeldTag held : tags.held(customerId)) {
      TagDefinition known = definitions.get(held.tag());
      boolean shown = known == null || known.privacy().shownTo(role);
      lines.add(
          new Line(
              held.tag(),
              known == null ? held.tag() : known.name(),
              known == null ? "" : known.meaning(),
              shown ? held.value() : null,
              held.asOf(),
              held.fresh()));
    }
    lines.sort((one, other) -> Boolean.compare(other.leading(), one.leading()));
    return lines;
  }

  /** By code. Kept members stand as they are kept, the others are found by what is known now. */
  List<Belonging> audiences(long customerId) {
    Map<String, Instant> since = membership.of(customerId);
    Set<String> keptCodes = kept.codes();
    List<Audience> all = audiences.all();
    Set<String> found =
        questions.belonging(
            customerId,
            all.stream().map(Audience::code).filter(code -> !keptCodes.contains(code)).toList(),
            clock.instant());
    return all.stream()
        .filter(one -> since.containsKey(one.code()) || found.contains(one.code()))
        .map(one -> new Belonging(one.code(), one.name(), since.get(one.code())))
        .toList();
  }
}
