package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the scanner for every text. */
class ScannerProperties {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final PackShelf PACKS = PackShelf.shipped();

  @Property
  void a_finding_is_a_place_in_the_raw_text(@ForAll("texts") String text) {
    for (Finding finding : PACKS.scan(text, NOW).findings()) {
      assertThat(finding.start()).isBetween(0, finding.end() - 1);
      assertThat(finding.end()).isLessThanOrEqualTo(text.length());
      assertThat(text.substring(finding.start(), finding.end())).isEqualTo(finding.matched());
    }
  }

  @Property
  void hiding_signs_between_characters_hides_nothing(
      @ForAll("hidden") String hidden, @ForAll("banned") String banned) {
    String disguised =
        String.join(hidden, banned.codePoints().mapToObj(Character::toString).toList());

    assertThat(PACKS.scan("本产品" + disguised, NOW).blocks()).isTrue();
  }

  @Property
  void a_longer_text_keeps_what_was_found_in_another_sentence(
      @ForAll("texts") String text, @ForAll("banned") String banned) {
    assertThat(PACKS.scan(text + "。" + banned + "。", NOW).blocks()).isTrue();
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "保",
            "本",
            "不",
            "稳赚",
            "不赔",
            "无",
            "风险",
            "收益",
            "保证",
            "，",
            "。",
            "？",
            " ",
            "\n",
            "\u200b",
            "<b>",
            "</b>",
            "&amp;",
            "&#20445;",
            "１００％",
            "穩",
            "Z",
            "0️⃣",
            "💯",
            "13800138000",
            "年化",
            "约",
            "5",
            "-",
            "·",
            "但",
            "也",
            "开户",
            "送",
            "现金",
            "<p",
            "𝟏");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(40).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(60));
  }

  @Provide
  Arbitrary<String> hidden() {
    return Arbitraries.of(
            "\u200b",
            "\u200d",
            "\u2060",
            "\ufeff",
            "\u00ad",
            "\ufe0f",
            " ",
            "　",
            "-",
            "_",
            "·",
            "*",
            "|",
            "~",
            "<b>",
            "</b>",
            "<!-- x -->",
            "&nbsp;",
            "\u0301",
            "(",
            "】")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> banned() {
    return Arbitraries.of("稳赚不赔", "旱涝保收", "本金无忧", "零佣金", "欲购从速", "無風險", "保證收益");
  }
}
