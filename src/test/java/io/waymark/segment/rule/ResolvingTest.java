package io.waymark.segment.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ResolvingTest {

  @Test
  void a_circle_is_refused_and_shown() {
    var rules =
        Map.of(
            "a",
            "in audience b",
            "b",
            "assessment valid or not in audience c",
            "c",
            "in audience a");
    assertThatThrownBy(() -> resolving("a", rules).rule())
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining("a → b → c → a");
  }

  @Test
  void an_audience_may_be_used_twice_when_that_makes_no_circle() {
    var rules =
        Map.of(
            "a", "in audience b and not in audience c",
            "b", "in audience c",
            "c", "assessment valid");
    assertThat(resolving("a", rules).rule()).isInstanceOf(Rule.All.class);
  }

  @Test
  void a_missing_audience_is_named() {
    assertThatThrownBy(() -> resolving("a", Map.of("a", "in audience lost")).rule())
        .hasMessageContaining("没有代码为“lost”的人群");
  }

  @Test
  @Timeout(2)
  void references_that_double_at_every_step_are_refused_before_they_are_computed() {
    var rules = new HashMap<String, String>();
    for (int level = 0; level < 30; level++) {
      String next = "l" + (level + 1);
      rules.put("l" + level, "in audience " + next + " or in audience " + next);
    }
    rules.put("l30", "assessment valid");
    assertThatThrownBy(() -> resolving("l0", rules).rule())
        .isInstanceOf(AudienceRefusedException.class)
        .hasMessageContaining("超过 200 次");
  }

  private static Resolving resolving(String root, Map<String, String> rules) {
    return new Resolving(
        root, code -> Optional.ofNullable(rules.get(code)).map(AudienceRules::parse));
  }
}
