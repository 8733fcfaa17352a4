package io.waymark.compliance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class ReviewPolicyTest {

  private static final ReviewPolicyKind KIND =
      new ReviewPolicyKind(new ClassPathResource("compliance/review-policy.yaml"));
  private static final String SHIPPED = KIND.shipped().source();

  private final ReviewPolicy policy = KIND.read(SHIPPED);

  @Test
  void a_word_is_found_however_wide_it_is_written() {
    assertThat(policy.speaksOfHighRisk("适合Ｒ４及以上")).isTrue();
    assertThat(policy.speaksOfMarket("市场 展望")).isTrue();
    assertThat(policy.speaksOfAi("内容由 ai生成")).isTrue();
    assertThat(policy.showsImages("<IMG src='x'>")).isTrue();
    assertThat(policy.speaksOfMarket("欢迎参加投教讲堂")).isFalse();
  }

  @Test
  void what_is_wrong_with_a_policy_is_told_by_its_key() {
    assertThat(KIND.problems(SHIPPED)).isEmpty();
    assertProblem("samplingRate: 0.2", "samplingRate: 1.5", "samplingRate 应在 0 到 1 之间");
    assertProblem("samplingRate: 0.2", "sampling: 0.2", "samplingRate 应在 0 到 1 之间");
    assertProblem("validityDays: 365", "validityDays: 0", "validityDays 应为大于 0");
    assertProblem("longestValidityDays: 1096", "longestValidityDays: 9", "不能短于 validityDays");
    assertProblem("imageMarks:", "imageMarks: []\nothers:", "imageMarks 至少要有一个词");
    assertProblem("  - 行情\n", "  - \"\"\n", "marketWords 至少要有一个词");
    assertThat(KIND.problems("[")).singleElement().asString().contains("不是有效的 YAML");
  }

  private static void assertProblem(String good, String bad, String told) {
    assertThat(SHIPPED).as("what the test changes").contains(good);
    assertThat(KIND.problems(SHIPPED.replaceFirst(good, bad)))
        .as(bad)
        .anySatisfy(problem -> assertThat(problem).contains(told));
  }

  @Test
  void an_obstacle_refuses_and_is_named_once() {
    MachineReading reading =
        new MachineReading("p", List.of("G02", "G01", "G02"), List.of(), Set.of());

    assertThat(reading.refuses()).isTrue();
    assertThat(reading.obstacles()).containsExactly("G01", "G02");
  }
}
