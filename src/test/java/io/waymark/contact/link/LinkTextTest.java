package io.waymark.contact.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LinkTextTest {

  private static final UnaryOperator<String> SHORT = target -> "https://l.example/l/T";

  @Test
  void a_link_in_running_chinese_text_ends_where_the_chinese_goes_on() {
    assertThat(exchange("详见https://www.broker.example/a?b=1&c=2。拒收请回复R", false))
        .isEqualTo("详见https://l.example/l/T。拒收请回复R");
    assertThat(exchange("see (https://www.broker.example/a).", false))
        .isEqualTo("see (https://l.example/l/T).");
  }

  @Test
  void a_link_to_a_host_that_is_not_listed_stays_as_it_was_written() {
    for (String text :
        new String[] {
          "https://elsewhere.example/a",
          "https://www.broker.example.evil.example/a",
          "https://www.broker.example@evil.example/a",
          "ftp://www.broker.example/a"
        }) {
      assertThat(exchange(text, false)).isEqualTo(text);
    }
  }

  @Test
  void in_html_only_targets_of_links_are_exchanged_and_are_read_unescaped() {
    StringBuilder seen = new StringBuilder();
    String html =
        "<p>https://www.broker.example/text <a class=\"x\""
            + " href=\"https://www.broker.example/a?b=1&amp;c=2\">看</a>"
            + "<img src=\"https://www.broker.example/i.png\"></p>";

    String result =
        LinkText.exchange(
            html,
            true,
            "www.broker.example"::equals,
            target -> {
              seen.append(target);
              return "https://l.example/l/T";
            });

    assertThat(seen).hasToString("https://www.broker.example/a?b=1&c=2");
    assertThat(result)
        .contains("href=\"https://l.example/l/T\"")
        .contains("<p>https://www.broker.example/text ")
        .contains("src=\"https://www.broker.example/i.png\"");
  }

  @Test
  void the_picture_stands_inside_the_page() {
    assertThat(LinkText.withPicture("<html><body><p>x</p></body></html>", "https://l.example/o/T"))
        .contains("<p>x</p><img src=\"https://l.example/o/T\"")
        .endsWith("</body></html>");
  }

  @Test
  void machines_that_look_ahead_are_told_from_people() {
    assertThat(visit("GET", "User-Agent", "Mozilla/5.0 (iPhone) MicroMessenger/8.0").byPerson())
        .isTrue();
    assertThat(visit("HEAD", "User-Agent", "Mozilla/5.0").byPerson()).isFalse();
    assertThat(visit("GET", "x", "y").byPerson()).isFalse();
    assertThat(visit("GET", "User-Agent", "Slackbot-LinkExpanding 1.0").byPerson()).isFalse();
    assertThat(visit("GET", "user-agent", "curl/8.1").byPerson()).isFalse();
    assertThat(
            new Visit("GET", Map.of("User-Agent", "Mozilla/5.0", "Sec-Purpose", "prefetch"))
                .byPerson())
        .isFalse();
  }

  private static Visit visit(String method, String header, String value) {
    return new Visit(method, Map.of(header, value));
  }

  private static String exchange(String text, boolean html) {
    return LinkText.exchange(text, html, "www.broker.example"::equals, SHORT);
  }
}
