package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextPatternProperties {

  @Property(tries = 20_000)
  void finds_exactly_what_the_expression_finds(
      @ForAll("expressions") String expression, @ForAll("texts") String text) {
    assertThat(TextPattern.compile(expression).isIn(text))
        .isEqualTo(Pattern.compile(expression).matcher(text).find());
  }

  @Example
  void names_what_every_match_must_hold() {
    assertThat(needed("推广材料")).containsExactly("推广材料");
    assertThat(needed("[一-龥]{2,20}(?:证券|公司)")).containsExactly("证券", "公司");
    assertThat(needed("风险等级:?(?:为)?R[1-5]")).containsExactly("风险等级");
    assertThat(needed("费率:[^\\n]{2,}|费率以[^\\n]{2,}为准")).containsExactly("费率:", "费率以");
    assertThat(needed("a?b*[cd]")).isEmpty();
    assertThat(needed("(?i)abc")).isEmpty();
    assertThat(needed("甲|[乙丙]")).isEmpty();
  }

  private static List<String> needed(String expression) {
    return TextPattern.compile(expression).oneNeeded();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab甲乙()[]|?{2}1\n").ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.lazyOf(this::sequences, this::alternatives, this::sequences);
  }

  private Arbitrary<String> alternatives() {
    return sequences().list().ofMinSize(2).ofMaxSize(3).map(parts -> String.join("|", parts));
  }

  private Arbitrary<String> sequences() {
    return pieces().list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("", parts));
  }

  private Arbitrary<String> pieces() {
    Arbitrary<String> words = Arbitraries.strings().withChars("ab甲乙").ofMinLength(1).ofMaxLength(3);
    Arbitrary<String> atoms =
        Arbitraries.oneOf(
            words,
            Arbitraries.of(
                "[ab]", "[^甲]", "[]a]", "[^]乙]", "[\\]a]", "\\(", "\\|", "\\d", ".", "\\[", "\\n"),
            words
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(some -> "(?:" + String.join("|", some) + ")"),
            words.list().ofMinSize(1).ofMaxSize(2).map(some -> "(" + String.join("|", some) + ")"),
            words.map(word -> "(?:(?:" + word + ")?[)a])"));
    return Combinators.combine(
            atoms, Arbitraries.of("", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,3}", "+?"))
        .as((atom, often) -> atom + often);
  }
}
