package io.waymark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifyCommandTest {

  @Test
  void a_whole_chain_is_reported_with_its_head() {
    assertThat(VerifyCommand.report(new Verification(7, true, null, "ab12")))
        .contains("完整", "7", "ab12");
  }

  @Test
  void a_broken_chain_says_where_and_what_to_do() {
    assertThat(VerifyCommand.report(new Verification(3, false, "第 4 环的散列不符。", "ab12")))
        .contains("第 4 环的散列不符。", "3", "通知合规");
  }
}
