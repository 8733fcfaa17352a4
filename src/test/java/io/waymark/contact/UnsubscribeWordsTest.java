package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeWordsTest {

  private final UnsubscribeWords words =
      new UnsubscribeWords(Set.of("R", "T", "TD", "N", "退订", "退訂", "拒收"), "law");

  @ParameterizedTest
  @ValueSource(strings = {"R", "r", "Ｒ", "ｔｄ", " T ", "退订", "退 订", "【退订】", "拒收。", "N!", "退訂"})
  void a_refusal_is_understood_however_it_is_typed(String reply) {
    assertThat(words.matches(reply)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "好", "RT", "不要退订", "收到", "TD123"})
  void other_replies_are_no_refusal(String reply) {
    assertThat(words.matches(reply)).isFalse();
  }
}
