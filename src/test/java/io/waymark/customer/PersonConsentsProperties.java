package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of a person with two records, whatever was said through each. */
class PersonConsentsProperties {

  private static final Instant MERGED = Instant.ofEpochSecond(1_000);

  @Property
  void a_refusal_before_the_merge_through_either_record_refuses(
      @ForAll("before") List<Consent> own,
      @ForAll("before") List<Consent> absorbed,
      @ForAll Purpose purpose,
      @ForAll Channel channel,
      @ForAll("moments") Instant now) {
    boolean refused =
        state(own, purpose, channel, now) == ConsentState.REFUSED
            || state(absorbed, purpose, channel, now) == ConsentState.REFUSED;
    assertThat(merged(own, absorbed).state(purpose, channel, now) == ConsentState.REFUSED)
        .isEqualTo(refused);
  }

  @Property
  void a_merge_never_allows_what_was_not_allowed_before(
      @ForAll("words") List<Consent> own,
      @ForAll("words") List<Consent> absorbed,
      @ForAll Purpose purpose,
      @ForAll Channel channel,
      @ForAll("moments") Instant now) {
    if (merged(own, absorbed).state(purpose, channel, now) == ConsentState.GRANTED) {
      assertThat(state(own, purpose, channel, now)).isEqualTo(ConsentState.GRANTED);
    }
  }

  @Property
  void what_the_survivor_says_after_the_merge_stands(
      @ForAll("after") List<Consent> own,
      @ForAll("words") List<Consent> absorbed,
      @ForAll("moments") Instant now) {
    for (Consent word : own) {
      assertThat(merged(own, absorbed).cell(word.purpose(), word.channel()))
          .isEqualTo(ConsentMatrix.of(own).cell(word.purpose(), word.channel()));
    }
  }

  @Property
  void a_tightened_assessment_is_no_wider_than_either(
      @ForAll("assessments") RiskAssessment one, @ForAll("assessments") RiskAssessment two) {
    RiskAssessment both = one.tightenedBy(two);
    for (RiskAssessment each : List.of(one, two)) {
      assertThat(both.level()).isLessThanOrEqualTo(each.level());
      assertThat(both.expiresAt()).isBeforeOrEqualTo(each.expiresAt());
      assertThat(both.minimumClass() || !each.minimumClass()).isTrue();
      if (!each.productTypes().isEmpty()) {
        assertThat(both.productTypes()).isNotEmpty();
        assertThat(
                each.productTypes().containsAll(both.productTypes())
                    || both.productTypes().equals(Set.of(RiskAssessment.NO_TYPE)))
            .isTrue();
      }
    }
    assertThat(both.assessedAt()).isEqualTo(one.assessedAt());
  }

  private static ConsentMatrix merged(List<Consent> own, List<Consent> absorbed) {
    PersonConsents person = new PersonConsents();
    own.forEach(person::own);
    absorbed.forEach(word -> person.absorbed(word, MERGED));
    return person.strictest();
  }

  private static ConsentState state(
      List<Consent> words, Purpose purpose, Channel channel, Instant now) {
    return ConsentMatrix.of(words).state(purpose, channel, now);
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs().between(1, 3_000).map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<List<Consent>> before() {
    return words(1, 1_000);
  }

  @Provide
  Arbitrary<List<Consent>> after() {
    return words(1_001, 2_000);
  }

  @Provide
  Arbitrary<List<Consent>> words() {
    return words(1, 2_000);
  }

  private static Arbitrary<List<Consent>> words(long from, long to) {
    return Combinators.combine(
            Arbitraries.of(Purpose.ACTIVITY, Purpose.SERVICE),
            Arbitraries.of(Channel.SMS, Channel.EMAIL),
            Arbitraries.of(ConsentState.GRANTED, ConsentState.REFUSED),
            Arbitraries.longs().between(from, to),
            Arbitraries.longs().between(1, 3_000).injectNull(0.4))
        .as(
            (purpose, channel, state, at, expires) ->
                new Consent(
                    purpose,
                    channel,
                    state,
                    Instant.ofEpochSecond(at),
                    expires == null || state == ConsentState.REFUSED
                        ? null
                        : Instant.ofEpochSecond(expires),
                    "app",
                    "v1"))
        .list()
        .ofMaxSize(4)
        .uniqueElements(word -> List.of(word.purpose(), word.channel()));
  }

  @Provide
  Arbitrary<RiskAssessment> assessments() {
    return Combinators.combine(
            Arbitraries.of(RiskTolerance.class),
            Arbitraries.of(true, false),
            Arbitraries.longs().between(1, 3_000),
            Arbitraries.of("short", "medium", "long").injectNull(0.3),
            Arbitraries.of("equity_fund", "margin", "bond_fund").set().ofMaxSize(3),
            Arbitraries.of("preservation", "income", "growth", "aggressive"))
        .as(
            (level, minimum, expires, term, types, objective) ->
                new RiskAssessment(
                    level,
                    minimum,
                    Instant.EPOCH,
                    Instant.ofEpochSecond(expires),
                    term,
                    types,
                    objective));
  }
}
