package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.suitability.SuitabilityPolicies;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

/**
 * Every random rule, written out, read, translated and asked of the database, says of every random
 * customer what the plain interpreter says: unknowns, window edges and nested audiences included.
 */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class RuleAgreementProperties {

  private static final int PEOPLE = 160;
  private static final Instant NOW = MovableClock.START;
  private static final List<String> BRANCHES = List.of("AGREE1", "AGREE2", "AGREE3");
  private static final List<String> EVENTS =
      List.of("login", "dca.created", "dca.terminated", "dca.deduct_failed");
  private static final List<String> AMOUNTS = List.of("-3.5", "0", "1000", "500000", "500000.00");
  private static final List<String> WORDS = List.of("core", "growth", "O'Hara", "1000", "n/a");
  private static final List<String> TYPES = List.of("equity_fund", "bond_fund");
  private static final List<Purpose> PURPOSES = List.of(Purpose.PRODUCT_MARKETING, Purpose.SERVICE);
  private static final List<Channel> CHANNELS = List.of(Channel.SMS, Channel.IN_APP);
  private static final Map<String, String> NESTED =
      Map.of(
          "agree-one", "tag asset_total >= 1000 or event login exists within 30 days",
          "agree-two", "not in audience agree-one and consent service on sms");

  private static @Nullable Map<Long, Person> people;

  @Autowired ApplicationContext context;
  @Autowired Audiences audiences;
  @Autowired SuitabilityPolicies policies;

  @BeforeProperty
  void settle() throws Exception {
    new TestContextManager(getClass()).prepareTestInstance(this);
    if (people == null) {
      Map<String, Person> byRef = new TreeMap<>();
      Random random = new Random(20261123);
      for (int i = 0; i < PEOPLE; i++) {
        Person person = person("AGREE-" + i, random);
        byRef.put(person.ref(), person);
      }
      var settled = new HashMap<Long, Person>();
      new Population(context, NOW)
          .settle(byRef.values())
          .forEach((ref, id) -> settled.put(id, byRef.get(ref)));
      save("agree-one", NESTED.get("agree-one"));
      save("agree-two", NESTED.get("agree-two"));
      people = settled;
    }
  }

  @Property(tries = 400)
  void the_database_and_the_interpreter_agree(@ForAll("rules") Rule rule) {
    String text = RuleTexts.write(rule);
    save("agree-tried", text);
    Map<Long, Truth> expected = expected(rule);

    assertThat(audiences.test("agree-tried", people().keySet(), NOW)).as(text).isEqualTo(expected);
    assertThat(members()).as(text).isEqualTo(yes(expected));
    assertThat(audiences.count("agree-tried", new BranchScope(false, BRANCHES), NOW))
        .as(text)
        .isEqualTo(yes(expected).size());
    expected.entrySet().stream()
        .limit(5)
        .forEach(
            one ->
                assertThat(audiences.explain("agree-tried", one.getKey(), NOW))
                    .as(text)
                    .hasValueSatisfying(
                        told -> assertThat(told.truth()).isEqualTo(one.getValue())));
  }

  private Map<Long, Truth> expected(Rule rule) {
    var nested = new HashMap<String, Rule>();
    NESTED.forEach((code, text) -> nested.put(code, AudienceRules.parse(text)));
    var interpreter =
        new Interpreter(NOW, policies.at(NOW).value().assessmentMaxDays().value(), nested);
    var expected = new TreeMap<Long, Truth>();
    people().forEach((id, person) -> expected.put(id, interpreter.truth(rule, person)));
    return expected;
  }

  private Set<Long> members() {
    var members = new HashSet<Long>();
    audiences.members(
        "agree-tried",
        NOW,
        7,
        batch ->
            batch.stream()
                .filter(member -> BRANCHES.contains(member.branch()))
                .forEach(member -> members.add(member.customerId())));
    return members;
  }

  private static Set<Long> yes(Map<Long, Truth> truths) {
    var yes = new HashSet<Long>();
    truths.forEach(
        (id, truth) -> {
          if (truth == Truth.YES) {
            yes.add(id);
          }
        });
    return yes;
  }

  private void save(String code, String text) {
    audiences.save(new AudienceDraft(code, code, text, Purpose.SERVICE, null), "test");
  }

  private static Map<Long, Person> people() {
    if (people == null) {
      throw new IllegalStateException("nobody settled");
    }
    return people;
  }

  @Provide
  Arbitrary<Rule> rules() {
    return Arbitraries.recursive(
        RuleAgreementProperties::condition, RuleAgreementProperties::larger, 0, 4);
  }

  private static Arbitrary<Rule> larger(Arbitrary<Rule> inner) {
    Arbitrary<List<Rule>> parts = inner.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        List.of(
            condition(),
            inner.map(Rule.Not::new),
            parts.map(Rule.All::new),
            parts.map(Rule.Any::new)));
  }

  private static Arbitrary<Rule> condition() {
    Arbitrary<Comparison> comparison = Arbitraries.of(Comparison.class);
    Arbitrary<String> tag = Arbitraries.of("asset_total", "tier", "missing");
    Arbitrary<String> event = Arbitraries.of(EVENTS);
    Arbitrary<@Nullable Integer> days = Arbitraries.of(1, 30, 90).injectNull(0.3);
    List<Arbitrary<? extends Rule>> kinds =
        List.of(
            Combinators.combine(tag, comparison, Arbitraries.of(AMOUNTS).map(BigDecimal::new))
                .as(Rule.TagNumber::new),
            Combinators.combine(tag, Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(3))
                .as((name, values) -> new Rule.TagText(name, true, values)),
            Combinators.combine(tag, Arbitraries.of(WORDS))
                .as((name, value) -> new Rule.TagText(name, false, List.of(value))),
            Combinators.combine(event, comparison, Arbitraries.integers().between(0, 3), days)
                .as(Rule.EventCount::new),
            Combinators.combine(event, event).as(Rule.NeverSince::new),
            Combinators.combine(Arbitraries.of(PURPOSES), Arbitraries.of(CHANNELS))
                .as(Rule.ConsentGiven::new),
            Combinators.combine(comparison, Arbitraries.of(RiskTolerance.class))
                .as(Rule.RiskLevel::new),
            Arbitraries.just(new Rule.AssessmentValid()),
            Combinators.combine(comparison, Arbitraries.of(0, 17, 18, 65)).as(Rule.Age::new),
            Arbitraries.of(BRANCHES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(codes -> new Rule.BranchIn(true, codes)),
            Arbitraries.of(BRANCHES).map(code -> new Rule.BranchIn(false, List.of(code))),
            Arbitraries.of(TYPES).map(Rule.HoldsType::new),
            Arbitraries.of(TYPES).map(type -> new Rule.HoldsProduct("agree-" + type + "-1")),
            Arbitraries.of(NESTED.keySet()).map(Rule.InAudience::new));
    return Arbitraries.oneOf(kinds.stream().map(kind -> kind.map(Rule.class::cast)).toList());
  }

  private static Person person(String ref, Random random) {
    return new Person(
        ref,
        pick(BRANCHES, random),
        random.nextInt(4) == 0 ? null : birthDate(random),
        tags(random),
        events(random),
        consents(random),
        random.nextInt(4) == 0 ? null : assessment(random),
        holdings(random));
  }

  /** Around the birthdays that decide, today's among them. */
  private static LocalDate birthDate(Random random) {
    return LocalDate.of(2026, 11, 23)
        .minusYears(List.of(1, 17, 18, 65).get(random.nextInt(4)))
        .minusDays(random.nextInt(3) - 1L);
  }

  private static Map<String, String> tags(Random random) {
    var tags = new HashMap<String, String>();
    if (random.nextInt(3) > 0) {
      tags.put("asset_total", pick(random.nextInt(5) == 0 ? WORDS : AMOUNTS, random));
    }
    if (random.nextInt(3) > 0) {
      tags.put("tier", pick(WORDS, random));
    }
    return tags;
  }

  /** On, just inside and just outside the edges of the windows. */
  private static List<Person.Happened> events(Random random) {
    var events = new ArrayList<Person.Happened>();
    for (int i = random.nextInt(7); i > 0; i--) {
      Duration age = Duration.ofDays(List.of(0, 1, 30, 90, 200).get(random.nextInt(5)));
      Duration edge = Duration.ofMillis(random.nextInt(3) - 1);
      Instant at = NOW.minus(age).minus(edge);
      events.add(new Person.Happened(pick(EVENTS, random), at));
    }
    return events;
  }

  private static Map<Person.Cell, Person.Word> consents(Random random) {
    var consents = new HashMap<Person.Cell, Person.Word>();
    for (Purpose purpose : PURPOSES) {
      for (Channel channel : CHANNELS) {
        if (random.nextBoolean()) {
          Instant expires = random.nextBoolean() ? null : NOW.plusMillis(random.nextInt(3) - 1);
          consents.put(
              new Person.Cell(purpose, channel), new Person.Word(random.nextBoolean(), expires));
        }
      }
    }
    return consents;
  }

  private static Person.Assessed assessment(Random random) {
    RiskTolerance level = pick(Arrays.asList(RiskTolerance.values()), random);
    Instant at = NOW.minus(Duration.ofDays(730)).plusMillis(random.nextInt(3) - 1);
    return new Person.Assessed(level, at, NOW.plusMillis(random.nextInt(3) - 1));
  }

  private static Map<String, String> holdings(Random random) {
    var holdings = new HashMap<String, String>();
    for (String type : TYPES) {
      for (int number = 1; number <= 2; number++) {
        if (random.nextInt(4) == 0) {
          holdings.put("agree-" + type + "-" + number, type);
        }
      }
    }
    return holdings;
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
