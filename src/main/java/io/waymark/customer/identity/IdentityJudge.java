package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;
import io.waymark.customer.identity.IdentityRule.Links;
import io.waymark.customer.identity.IdentityRule.Strength;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether two persons are one, and which record goes on. Depends on the facts alone, not on the
 * order in which they came or which of the two is named first.
 */
final class IdentityJudge {

  private IdentityJudge() {}

  static IdentityVerdict judge(
      IdentityRules rules, PersonFacts one, PersonFacts other, Instant now) {
    Set<PersonFacts.Key> common = new HashSet<>(one.keys(rules, now));
    common.retainAll(other.keys(rules, now));
    List<IdentityType> shared =
        common.stream()
            .map(PersonFacts.Key::type)
            .distinct()
            .sorted(Comparator.comparingInt(rules::weight))
            .toList();
    boolean samePerson = !Collections.disjoint(one.personHashes(), other.personHashes());
    for (IdentityType type : shared) {
      if (links(rules.of(type), samePerson)) {
        List<String> doubts = doubts(rules, one, other);
        return doubts.isEmpty()
            ? new IdentityVerdict.Same(type)
            : new IdentityVerdict.Doubtful(type, doubts);
      }
    }
    return shared.stream()
        .filter(type -> !rules.of(type).shared())
        .findFirst()
        .<IdentityVerdict>map(
            type -> new IdentityVerdict.Doubtful(type, List.of(unproved(one, other))))
        .orElseGet(IdentityVerdict.Unlinked::new);
  }

  /** What says that they are two, whatever links them. */
  static List<String> doubts(IdentityRules rules, PersonFacts one, PersonFacts other) {
    List<String> doubts = new ArrayList<>(contradictions(rules, one, other));
    if (!rules.mergeAcrossBranches()
        && !one.survivor().branch().equals(other.survivor().branch())) {
      doubts.add("other_branch");
    }
    return doubts;
  }

  /** The facts of one that the other cannot have if they are one person. */
  static List<String> contradictions(IdentityRules rules, PersonFacts one, PersonFacts other) {
    List<String> found = new ArrayList<>();
    Set<Object> births = new HashSet<>(one.births());
    births.addAll(other.births());
    if (births.size() > 1) {
      found.add("born");
    }
    for (IdentityRule rule : rules.types()) {
      IdentityType type = rule.known().orElseThrow();
      Set<String> values = new HashSet<>(one.values(type));
      values.addAll(other.values(type));
      if (rule.strength() == Strength.STRONG && values.size() > rule.most()) {
        found.add("more:" + type.code());
      }
    }
    return found;
  }

  /** The survivor first: who holds the weightier identity, then the smaller number. */
  static Comparator<PersonFacts> survivorFirst(IdentityRules rules) {
    return Comparator.comparing(PersonFacts::survivor, bySurvival(rules));
  }

  private static Comparator<PersonFacts.Record> bySurvival(IdentityRules rules) {
    return Comparator.comparingInt((PersonFacts.Record one) -> weight(rules, one))
        .thenComparing(PersonFacts.Record::ref);
  }

  private static int weight(IdentityRules rules, PersonFacts.Record one) {
    return one.identities().stream()
        .map(PersonFacts.Held::type)
        .filter(type -> rules.of(type).strength() == Strength.STRONG)
        .mapToInt(rules::weight)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static boolean links(IdentityRule rule, boolean samePerson) {
    return rule.links() == Links.ALONE || (rule.links() == Links.WITH_PERSON && samePerson);
  }

  private static String unproved(PersonFacts one, PersonFacts other) {
    return one.personHashes().isEmpty() || other.personHashes().isEmpty()
        ? "person_unknown"
        : "person_differs";
  }
}
