package io.waymark.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.IdentityType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds of the judge whatever records there are. */
class IdentityJudgeProperties {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final IdentityRules RULES = shipped();

  private static IdentityRules shipped() {
    try (InputStream file =
        IdentityJudgeProperties.class.getResourceAsStream("/identity-rules.yaml")) {
      return IdentityRules.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 400)
  void it_does_not_matter_which_of_two_is_named_first(
      @ForAll("persons") PersonFacts one, @ForAll("persons") PersonFacts other) {
    PersonFacts second = renumbered(other, 1000);
    assertThat(IdentityJudge.judge(RULES, one, second, NOW))
        .isEqualTo(IdentityJudge.judge(RULES, second, one, NOW));
  }

  @Property(tries = 400)
  void whoever_is_one_person_shares_something_that_may_link_and_contradicts_nothing(
      @ForAll("persons") PersonFacts one, @ForAll("persons") PersonFacts other) {
    PersonFacts second = renumbered(other, 1000);
    if (IdentityJudge.judge(RULES, one, second, NOW) instanceof IdentityVerdict.Same same) {
      assertThat(same.type()).isNotIn(IdentityType.DEVICE, IdentityType.LANDLINE);
      assertThat(one.survivor().branch()).isEqualTo(second.survivor().branch());
      Set<LocalDate> births = new HashSet<>(one.births());
      births.addAll(second.births());
      assertThat(births).hasSizeLessThanOrEqualTo(1);
      Set<String> accounts = new HashSet<>(one.values(IdentityType.FUND_ACCOUNT));
      accounts.addAll(second.values(IdentityType.FUND_ACCOUNT));
      assertThat(accounts).hasSizeLessThanOrEqualTo(1);
      if (same.type() == IdentityType.MOBILE) {
        assertThat(Collections.disjoint(one.personHashes(), second.personHashes())).isFalse();
      }
    }
  }

  /** Records of some true persons, each stating a part of what is true. */
  @Property(tries = 300)
  void records_that_contradict_nothing_become_the_same_persons_in_any_order(
      @ForAll @Size(min = 2, max = 9) List<@net.jqwik.api.From("parts") Part> parts,
      @ForAll Random random) {
    List<PersonFacts> records = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      records.add(parts.get(i).record(i + 1));
    }
    Set<Set<Long>> expected = merged(records);
    Set<Long> survivors = survivors(records);
    for (int order = 0; order < 4; order++) {
      Collections.shuffle(records, random);
      assertThat(merged(records)).isEqualTo(expected);
      assertThat(survivors(records)).isEqualTo(survivors);
    }
  }

  /** True person and which identities this record states. */
  record Part(int person, Set<IdentityType> states, boolean born) {

    PersonFacts record(long id) {
      return new PersonFacts(
          id,
          List.of(
              new PersonFacts.Record(
                  id,
                  "R" + id,
                  "B1",
                  born ? LocalDate.of(1980, 1, 1).plusDays(person) : null,
                  born ? "person" + person : null,
                  states.stream()
                      .map(type -> new PersonFacts.Held(type, type.code() + person, NOW))
                      .toList())));
    }
  }

  @Provide
  Arbitrary<Part> parts() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 2),
            Arbitraries.of(
                    IdentityType.FUND_ACCOUNT,
                    IdentityType.WECHAT,
                    IdentityType.WECOM,
                    IdentityType.MOBILE)
                .set()
                .ofMaxSize(3),
            Arbitraries.of(true, true, true, false))
        .as(Part::new);
  }

  @Provide
  Arbitrary<PersonFacts> persons() {
    Arbitrary<PersonFacts.Held> held =
        Combinators.combine(
                Arbitraries.of(IdentityType.class),
                Arbitraries.of("a", "b"),
                Arbitraries.of(NOW, NOW.minusSeconds(86_400L * 3000)))
            .as(PersonFacts.Held::new);
    Arbitrary<PersonFacts.Record> record =
        Combinators.combine(
                Arbitraries.of("R1", "R2"),
                Arbitraries.of("B1", "B1", "B2"),
                Arbitraries.of(LocalDate.of(1980, 1, 1), LocalDate.of(1990, 1, 1)).injectNull(0.4),
                Arbitraries.of("p", "q").injectNull(0.4),
                held.list().ofMaxSize(5))
            .as(
                (ref, branch, born, person, ids) ->
                    new PersonFacts.Record(1, ref, branch, born, person, ids));
    return record.map(one -> new PersonFacts(1, List.of(one)));
  }

  private static PersonFacts renumbered(PersonFacts person, long id) {
    PersonFacts.Record one = person.survivor();
    return new PersonFacts(
        id,
        List.of(
            new PersonFacts.Record(
                id,
                one.ref() + "x",
                one.branch(),
                one.born(),
                one.personHash(),
                one.identities())));
  }

  /** As links do: each record as it comes, against all persons there are, until nothing changes. */
  private static List<PersonFacts> persons(List<PersonFacts> arriving) {
    List<PersonFacts> persons = new ArrayList<>();
    for (PersonFacts next : arriving) {
      PersonFacts one = next;
      boolean changed = true;
      while (changed) {
        changed = false;
        for (PersonFacts other : List.copyOf(persons)) {
          if (IdentityJudge.judge(RULES, one, other, NOW) instanceof IdentityVerdict.Same) {
            persons.remove(other);
            one = joined(one, other);
            changed = true;
          }
        }
      }
      persons.add(one);
    }
    return persons;
  }

  private static PersonFacts joined(PersonFacts one, PersonFacts other) {
    List<PersonFacts.Record> records = new ArrayList<>(one.records());
    records.addAll(other.records());
    long survivor =
        List.of(one, other).stream().min(IdentityJudge.survivorFirst(RULES)).orElseThrow().id();
    return new PersonFacts(survivor, records);
  }

  private static Set<Set<Long>> merged(List<PersonFacts> records) {
    return persons(records).stream()
        .map(person -> (Set<Long>) new TreeSet<>(person.ids()))
        .collect(Collectors.toSet());
  }

  private static Set<Long> survivors(List<PersonFacts> records) {
    return persons(records).stream().map(PersonFacts::id).collect(Collectors.toSet());
  }
}
