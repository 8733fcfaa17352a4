package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.BranchScope;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.segment.posting.PostingQuestions;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Comparison;
import io.waymark.segment.rule.EventCondition;
import io.waymark.segment.rule.Happening;
import io.waymark.segment.rule.HistoryCondition;
import io.waymark.segment.rule.PersonCondition;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.Span;
import io.waymark.segment.rule.TagCondition;
import io.waymark.segment.rule.Truth;
import io.waymark.segment.rule.Window;
import io.waymark.suitability.Suitability;
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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
  private static final List<Happening.Test> TESTS =
      List.of(
          new Happening.NumberTest("amount", Comparison.AT_LEAST, new BigDecimal("10")),
          new Happening.NumberTest("amount", Comparison.UNEQUAL, new BigDecimal("20.50")),
          new Happening.TextTest("side", true, List.of("buy", "it's")),
          new Happening.TextTest("side", false, List.of("buy")));
  private static final List<LocalDate> EDGES =
      Stream.of(
              "2026-11-23",
              "2026-11-22",
              "2026-11-21",
              "2026-11-20",
              "2026-11-19",
              "2026-11-16",
              "2026-11-09",
              "2026-11-01",
              "2026-10-01",
              "2026-07-01",
              "2026-01-01",
              "2025-01-01",
              "2026-08-25")
          .map(LocalDate::parse)
          .toList();
  private static final List<Window> WINDOWS = windows();
  private static final Window LAST_YEAR = new Window.Period(Window.Period.Name.LAST_YEAR);
  private static final Map<String, Duration> LIMITS = Map.of("agree_fresh", Duration.ofDays(2));
  private static final Map<String, Product> PRODUCTS = products();
  private static final Map<String, String> NESTED =
      Map.of(
          "agree-one", "tag asset_total >= 1000 or event login exists within 30 days",
          "agree-two", "not in audience agree-one and consent service on sms");

  private static @Nullable Map<Long, Person> people;

  private static List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    windows.add(new Window.Always());
    for (int days : List.of(1, 3, 30, 90)) {
      windows.add(new Window.Last(new Span(days, Span.Unit.DAYS)));
    }
    windows.add(new Window.Last(new Span(2, Span.Unit.HOURS)));
    windows.add(new Window.LastTradingDays(1));
    windows.add(new Window.LastTradingDays(3));
    windows.add(new Window.Dates(LocalDate.of(2026, 8, 25), LocalDate.of(2026, 11, 22)));
    windows.add(new Window.Dates(LocalDate.of(2026, 11, 20), null));
    for (Window.Period.Name name : Window.Period.Name.values()) {
      windows.add(new Window.Period(name));
    }
    return windows;
  }

  private static Map<String, Product> products() {
    var products = new HashMap<String, Product>();
    for (String type : TYPES) {
      for (int number = 1; number <= 2; number++) {
        String code = "agree-" + type + "-" + number;
        products.put(code, Population.product(code, type));
      }
    }
    return products;
  }

  @Autowired ApplicationContext context;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired PostingQuestions lists;
  @Autowired Suitability suitability;
  @Autowired SuitabilityPolicies policies;
  @Autowired ExchangeCalendar calendar;
  @Autowired TagRegistry registry;
  @Autowired Products catalogue;

  @BeforeProperty
  void settle() throws Exception {
    new TestContextManager(getClass()).prepareTestInstance(this);
    if (people == null) {
      Map<String, Person> byRef = new TreeMap<>();
      Random random = new Random(20261123);
      registry.save(
          new TagDefinition(
              "agree_fresh",
              "会过期",
              "测试",
              TagType.NUMBER,
              TagSource.IMPORTED,
              "test",
              LIMITS.get("agree_fresh"),
              PrivacyClass.PUBLIC,
              Set.of(),
              List.of(),
              false,
              null),
          "test");
      catalogue.upsertAll(List.copyOf(PRODUCTS.values()), "test");
      for (int i = 0; i < PEOPLE; i++) {
        Person person = person("AGREE-" + i, random);
        byRef.put(person.ref(), person);
      }
      var settled = new HashMap<Long, Person>();
      new Population(context, NOW)
          .settle(byRef.values())
          .forEach((ref, id) -> settled.put(id, byRef.get(ref)));
      saveNested(audiences);
      Lists.of(context)
          .build(NOW, List.of("asset_total", "tier", "agree_fresh", "missing"), EVENTS);
      people = settled;
    }
  }

  @Property(tries = 400)
  void the_database_and_the_interpreter_agree(@ForAll("rules") Rule rule) {
    String text = RuleTexts.write(rule);
    save("agree-tried", text);
    Map<Long, Truth> expected = expected(rule);

    assertThat(questions.test("agree-tried", people().keySet(), NOW)).as(text).isEqualTo(expected);
    assertThat(members()).as(text).isEqualTo(yes(expected));
    assertThat(questions.count("agree-tried", new BranchScope(false, BRANCHES), NOW))
        .as(text)
        .isEqualTo(yes(expected).size());
    assertThat(questions.count("agree-tried", BranchScope.everywhere(), NOW))
        .as("everywhere: %s", text)
        .isEqualTo(allMembers());
    expected.entrySet().stream()
        .limit(5)
        .forEach(
            one ->
                assertThat(
                        questions.explain(
                            "agree-tried", one.getKey(), BranchScope.everywhere(), null, NOW))
                    .as(text)
                    .hasValueSatisfying(
                        told -> assertThat(told.truth()).isEqualTo(one.getValue())));
  }

  /** What lists say, whatever else the database is asked. */
  @Property(tries = 400)
  void lists_and_the_interpreter_agree(@ForAll("listedRules") Rule rule) {
    String text = RuleTexts.write(rule);
    Set<Long> expected = yes(expected(rule));
    Resolving resolving = audiences.resolving("");
    assertThat(
            lists.ask(
                rule,
                resolving,
                questions.moment(NOW),
                new BranchScope(false, BRANCHES),
                Duration.ofMinutes(1)))
        .as(text)
        .hasValueSatisfying(
            found -> {
              assertThat(found.size()).as(text).isEqualTo(expected.size());
              var members = new TreeMap<Long, String>();
              found.visit(members::put);
              assertThat(members.keySet()).as(text).isEqualTo(new TreeSet<>(expected));
              members.forEach(
                  (id, branch) -> assertThat(branch).isEqualTo(people().get(id).branch()));
            });
  }

  @Provide
  Arbitrary<Rule> listedRules() {
    return listedRule();
  }

  private Map<Long, Truth> expected(Rule rule) {
    var nested = new HashMap<String, Rule>();
    NESTED.forEach((code, text) -> nested.put(code, AudienceRules.parse(text)));
    var interpreter =
        new Interpreter(
            NOW,
            suitability,
            policies.at(NOW).value().assessmentMaxDays().value(),
            day -> day.getYear() > 2024 && calendar.isTradingDay(day),
            LIMITS,
            PRODUCTS,
            nested);
    var expected = new TreeMap<Long, Truth>();
    people().forEach((id, person) -> expected.put(id, interpreter.truth(rule, person)));
    return expected;
  }

  /** Counting everywhere begins with a tag where it can; listing never does. */
  private long allMembers() {
    var count = new AtomicLong();
    questions.members(
        "agree-tried",
        BranchScope.everywhere(),
        NOW,
        1_000,
        batch -> count.addAndGet(batch.size()));
    return count.get();
  }

  private Set<Long> members() {
    var members = new HashSet<Long>();
    questions.members(
        "agree-tried",
        BranchScope.everywhere(),
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

  /** The audiences rules refer to. */
  static void saveNested(Audiences audiences) {
    for (String code : List.of("agree-one", "agree-two")) {
      audiences.save(
          new AudienceDraft(code, code, NESTED.get(code), Purpose.SERVICE, null), "test");
    }
  }

  private static Map<Long, Person> people() {
    if (people == null) {
      throw new IllegalStateException("nobody settled");
    }
    return people;
  }

  @Provide
  Arbitrary<Rule> rules() {
    return anyRule();
  }

  static Arbitrary<Rule> anyRule() {
    return anyRule(condition());
  }

  /** Rules of conditions that all have lists. */
  static Arbitrary<Rule> listedRule() {
    return anyRule(
        Arbitraries.oneOf(
            Stream.of(tagConditions().subList(0, 4), List.of(listedTimes()), listedPersons())
                .flatMap(List::stream)
                .map(kind -> kind.map(Rule.class::cast))
                .toList()));
  }

  private static Arbitrary<Rule> anyRule(Arbitrary<Rule> condition) {
    return Arbitraries.recursive(() -> condition, inner -> larger(condition, inner), 0, 4);
  }

  private static Arbitrary<Rule> larger(Arbitrary<Rule> condition, Arbitrary<Rule> inner) {
    Arbitrary<List<Rule>> parts = inner.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        List.of(
            condition,
            inner.map(Rule.Not::new),
            inner.map(Rule.IsUnknown::new),
            parts.map(Rule.All::new),
            parts.map(Rule.Any::new)));
  }

  private static Arbitrary<Rule> condition() {
    List<Arbitrary<? extends Rule>> kinds = new ArrayList<>();
    kinds.addAll(tagConditions());
    kinds.addAll(eventConditions());
    kinds.addAll(personConditions());
    return Arbitraries.oneOf(kinds.stream().map(kind -> kind.map(Rule.class::cast)).toList());
  }

  /** The age of a value comes last: it alone has no list. */
  private static List<Arbitrary<? extends Rule>> tagConditions() {
    Arbitrary<Comparison> comparison = Arbitraries.of(Comparison.class);
    Arbitrary<String> tag = Arbitraries.of("asset_total", "tier", "agree_fresh", "missing");
    Arbitrary<BigDecimal> amount = Arbitraries.of(AMOUNTS).map(BigDecimal::new);
    return List.of(
        Combinators.combine(tag, comparison, amount).as(TagCondition.Number::new),
        Combinators.combine(tag, amount, amount).as(TagCondition.Between::new),
        Combinators.combine(
                tag,
                Arbitraries.of(true, false),
                Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(3))
            .as(TagCondition.Text::new),
        tag.map(TagCondition.Known::new),
        Combinators.combine(
                tag,
                Arbitraries.of(
                    Comparison.AT_LEAST, Comparison.ABOVE, Comparison.AT_MOST, Comparison.BELOW),
                Arbitraries.of(1, 2))
            .as(
                (name, sign, days) ->
                    new TagCondition.ValueAge(name, sign, new Span(days, Span.Unit.DAYS))));
  }

  private static List<Arbitrary<? extends Rule>> eventConditions() {
    Arbitrary<Comparison> comparison = Arbitraries.of(Comparison.class);
    Arbitrary<Happening> event =
        Combinators.combine(
                Arbitraries.of(EVENTS),
                Arbitraries.of(TESTS).list().ofMaxSize(2).filter(list -> list.size() < 2))
            .as(Happening::new);
    Arbitrary<Window> window = Arbitraries.of(WINDOWS);
    Arbitrary<Window> bounded =
        Arbitraries.of(
            WINDOWS.stream()
                .filter(
                    one ->
                        !(one instanceof Window.Always)
                            && !(one instanceof Window.Dates dates && dates.last() == null))
                .toList());
    Arbitrary<Span> span =
        Arbitraries.of(
            new Span(1, Span.Unit.DAYS), new Span(3, Span.Unit.DAYS), new Span(2, Span.Unit.HOURS));
    return List.of(
        Combinators.combine(event, comparison, Arbitraries.integers().between(0, 3), window)
            .as(EventCondition.Times::new),
        Combinators.combine(
                event,
                Arbitraries.of(EventCondition.Measure.class),
                Arbitraries.of("amount", "side"),
                comparison,
                Arbitraries.of("0", "10", "20.5").map(BigDecimal::new),
                window)
            .as(EventCondition.Measured::new),
        Combinators.combine(event, Arbitraries.of(true, false), bounded)
            .as(EventCondition.Occurrence::new),
        Combinators.combine(event, event, span, event.injectNull(0.4), bounded)
            .as(EventCondition.Followed::new),
        Combinators.combine(
                event, Arbitraries.integers().between(2, 3), Arbitraries.of(true, false), bounded)
            .as(EventCondition.Streak::new),
        Combinators.combine(event, event).as(EventCondition.NeverSince::new));
  }

  private static Arbitrary<EventCondition.Times> listedTimes() {
    return Combinators.combine(
            Arbitraries.of(EVENTS).map(type -> new Happening(type, List.of())),
            Arbitraries.of(Comparison.class),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(
                WINDOWS.stream()
                    .filter(window -> !(window instanceof Window.Always))
                    .filter(window -> !window.equals(LAST_YEAR))
                    .toList()))
        .as(EventCondition.Times::new);
  }

  private static List<Arbitrary<? extends Rule>> listedPersons() {
    return List.of(
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of("li", "wang"))
            .as((among, name) -> new PersonCondition.AdvisorIn(among, List.of(name))),
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(CustomerClass.class))
            .as(PersonCondition.ClassIs::new),
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(LegalStatus.class))
            .as(PersonCondition.StatusIs::new),
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(BRANCHES).list().ofMinSize(1).ofMaxSize(2))
            .as(PersonCondition.BranchIn::new),
        Arbitraries.just(new Rule.InAudience("agree-one")));
  }

  private static List<Arbitrary<? extends Rule>> personConditions() {
    Arbitrary<Comparison> comparison = Arbitraries.of(Comparison.class);
    return List.of(
        Combinators.combine(Arbitraries.of(PURPOSES), Arbitraries.of(CHANNELS))
            .as(PersonCondition.ConsentGiven::new),
        Combinators.combine(comparison, Arbitraries.of(RiskTolerance.class))
            .as(PersonCondition.RiskLevel::new),
        Arbitraries.just(new PersonCondition.AssessmentValid()),
        Arbitraries.of(TYPES)
            .flatMap(type -> Arbitraries.of("1", "2", "3").map(end -> "agree-" + type + "-" + end))
            .map(PersonCondition.Fits::new),
        Combinators.combine(comparison, Arbitraries.of(0, 17, 18, 65)).as(PersonCondition.Age::new),
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of("li", "wang"))
            .as((among, name) -> new PersonCondition.AdvisorIn(among, List.of(name))),
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(CustomerClass.class))
            .as(PersonCondition.ClassIs::new),
        Arbitraries.of(BRANCHES)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(codes -> new PersonCondition.BranchIn(true, codes)),
        Arbitraries.of(BRANCHES).map(code -> new PersonCondition.BranchIn(false, List.of(code))),
        Arbitraries.of(TYPES).map(HistoryCondition.HoldsType::new),
        Arbitraries.of(TYPES)
            .map(type -> new HistoryCondition.HoldsProduct("agree-" + type + "-1")),
        Arbitraries.of(NESTED.keySet()).map(Rule.InAudience::new));
  }

  private static Person person(String ref, Random random) {
    return new Person(
        ref,
        pick(BRANCHES, random),
        random.nextBoolean() ? null : pick(List.of("li", "wang"), random),
        random.nextInt(4) == 0 ? CustomerClass.PROFESSIONAL : CustomerClass.ORDINARY,
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

  private static Map<String, Person.Tagged> tags(Random random) {
    var tags = new HashMap<String, Person.Tagged>();
    if (random.nextInt(3) > 0) {
      tags.put("asset_total", tagged(random.nextInt(5) == 0 ? WORDS : AMOUNTS, random));
    }
    if (random.nextInt(3) > 0) {
      tags.put("tier", tagged(WORDS, random));
    }
    if (random.nextInt(3) > 0) {
      tags.put("agree_fresh", tagged(AMOUNTS, random));
    }
    return tags;
  }

  /** True just now, or about as long ago as the limits. */
  private static Person.Tagged tagged(List<String> values, Random random) {
    Duration age = Duration.ofDays(random.nextInt(3)).plusMillis(random.nextInt(3));
    return new Person.Tagged(pick(values, random), NOW.minus(age));
  }

  /** On, just inside and just outside the edges of windows, days, months and years. */
  private static List<Person.Happened> events(Random random) {
    var events = new ArrayList<Person.Happened>();
    for (int i = random.nextInt(9); i > 0; i--) {
      Duration edge = Duration.ofMillis(random.nextInt(3) - 1);
      Instant base =
          random.nextBoolean()
              ? NOW.minus(
                  Duration.ofDays(List.of(0, 1, 2, 3, 4, 30, 90, 200).get(random.nextInt(8))))
              : pick(EDGES, random).atStartOfDay(ExchangeCalendar.ZONE).toInstant();
      events.add(new Person.Happened(pick(EVENTS, random), base.minus(edge), properties(random)));
    }
    return events;
  }

  private static Map<String, Object> properties(Random random) {
    var properties = new HashMap<String, Object>();
    if (random.nextInt(6) > 0) {
      properties.put("amount", pick(List.<Object>of(0, 10, 20.5, -1, "10"), random));
    }
    if (random.nextBoolean()) {
      properties.put("side", pick(List.of("buy", "sell", "it's"), random));
    }
    return properties;
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
    return new Person.Assessed(
        level,
        random.nextInt(3) == 0 ? RiskTolerance.values()[random.nextInt(level.ordinal() + 1)] : null,
        at,
        NOW.plusMillis(random.nextInt(3) - 1),
        level == RiskTolerance.C1 && random.nextBoolean(),
        random.nextBoolean() ? Set.of("equity_fund") : Set.of("equity_fund", "bond_fund"));
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
