package io.waymark.compliance.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReviewPolicyTest {

  private final ReviewPolicy policy = ReviewPolicy.shipped();

  @Test
  void a_word_is_found_however_wide_it_is_written() {
    assertThat(policy.speaksOfHighRisk("适合Ｒ４及以上")).isTrue();
    assertThat(policy.speaksOfMarket("市场 展望")).isTrue();
    assertThat(policy.speaksOfAi("内容由 ai生成")).isTrue();
    assertThat(policy.showsImages("<IMG src='x'>")).isTrue();
    assertThat(policy.speaksOfMarket("欢迎参加投教讲堂")).isFalse();
  }

  @Test
  void a_rate_is_a_share() {
    assertThat(policy.samplingRate()).isBetween(0.0, 1.0);
    assertThatThrownBy(() -> policy.sampling(1.5)).hasMessageContaining("0 到 1");
    assertThatThrownBy(() -> policy.sampling(Double.NaN)).hasMessageContaining("0 到 1");
  }

  @Test
  void an_obstacle_refuses_and_is_named_once() {
    MachineReading reading =
        new MachineReading("p", List.of("G02", "G01", "G02"), List.of(), Set.of());

    assertThat(reading.refuses()).isTrue();
    assertThat(reading.obstacles()).containsExactly("G01", "G02");
  }
}
