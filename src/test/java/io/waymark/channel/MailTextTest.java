package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailTextTest {

  @Test
  void html_becomes_plain_lines_with_its_links() {
    String html =
        """
        <html><head><style>p { color: red }</style></head><body><!-- note -->
        <h1>风险提示</h1><p>基金有风险，
        投资须谨慎。</p><ul><li>R3 &amp; R4</li><li>a &lt; b</li></ul>
        <a class="x" href="https://broker.example/u">退订</a><script>alert(1)</script></body></html>
        """;
    assertThat(MailText.plain(html))
        .isEqualTo(
            """
            风险提示
            基金有风险， 投资须谨慎。

            R3 & R4
            a < b
            退订 ( https://broker.example/u )""");
  }

  @Test
  void plain_text_becomes_html_in_which_nothing_is_markup() {
    assertThat(MailText.html("一 < 二\n三 & 四")).contains("一 &lt; 二<br>\n三 &amp; 四");
    assertThat(MailText.plain("一 < 二")).isEqualTo("一 < 二");
  }

  @Test
  void a_bracket_in_plain_text_is_no_markup() {
    assertThat(MailText.isHtml("风险等级 <R3>，收益 a<b")).isFalse();
    assertThat(MailText.isHtml("<p>x</p>")).isTrue();
  }
}
