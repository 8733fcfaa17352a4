package io.waymark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.RuleNode;
import io.waymark.segment.rule.RuleSyntaxException;
import io.waymark.segment.rule.Written;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RuleDrawingProperties {

  @Provide
  Arbitrary<Rule> rules() {
    return RuleAgreementProperties.anyRule();
  }

  @Property(tries = 2000)
  void what_is_drawn_and_written_again_reads_as_the_same_rule(@ForAll("rules") Rule rule) {
    Rule read = AudienceRules.parse(RuleTexts.write(rule));

    Written written = AudienceRules.write(AudienceRules.draw(read));

    assertThat(AudienceRules.parse(written.text())).as(written.text()).isEqualTo(read);
    assertThat(AudienceRules.write(AudienceRules.draw(AudienceRules.parse(written.text()))))
        .isEqualTo(written);
  }

  @Test
  void every_form_of_the_language_survives_and_what_no_form_holds_stays_text() {
    for (String text :
        List.of(
            "tag a between -1.50 to 2",
            "tag 'it''s 2' not in ('x', 'y z')",
            "event a exists until 2026-03-31",
            "event a exists within between 2026-01-01 and 2026-03-31",
            "event a where (b >= 1 and c in ('d', 'e,f')) first within this month",
            "event a on 3 consecutive trading days over 20 trading days",
            "never event a since event b where c != 'd'",
            "received template 'care' within last quarter",
            "status = complaint_hold or class != professional",
            "(not (age >= 18)) is unknown")) {
      Rule rule = AudienceRules.parse(text);
      assertThat(AudienceRules.parse(AudienceRules.write(AudienceRules.draw(rule)).text()))
          .as(text)
          .isEqualTo(rule);
    }
    Rule comma = AudienceRules.parse("age >= 18 and tag t in ('a,b', 'c')");
    RuleNode drawn = AudienceRules.draw(comma);
    assertThat(drawn.all().map(RuleNode::kind)).containsExactly("all", "age", "text");
    assertThat(AudienceRules.parse(AudienceRules.write(drawn).text())).isEqualTo(comma);
  }

  @Test
  void a_mistake_is_found_in_the_form_it_was_made_in() {
    RuleNode age = new RuleNode("age", Map.of("sign", ">=", "count", "18"), List.of());
    RuleNode empty = new RuleNode("tag_number", Map.of("tag", "t", "sign", ">="), List.of());
    RuleNode group = new RuleNode("any", Map.of(), List.of(age, empty));
    Written written = AudienceRules.write(new RuleNode("all", Map.of(), List.of(age, group, age)));

    try {
      AudienceRules.parse(written.text());
      throw new AssertionError("read: " + written.text());
    } catch (RuleSyntaxException wrong) {
      assertThat(written.at(wrong.position())).isEqualTo("1.1");
    }
  }
}
