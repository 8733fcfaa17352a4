package io.waymark.journey.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be the files of a journey. */
class DrawingFilesTest {

  @Test
  void one_drawing_with_its_tables_and_forms_is_taken() {
    DrawingFiles files =
        new DrawingFiles(Map.of("中秋关怀.bpmn", "<a/>", "a-1.dmn", "<b/>", "f (2).form", "{}"));

    assertThat(files.drawing()).isEqualTo("<a/>");
    assertThat(DrawingFiles.ofBytes(files.bytes())).isEqualTo(files);
    assertThat(DrawingFiles.ofBytes(files.bytes()).hash()).isEqualTo(files.hash());
  }

  @Test
  void no_drawing_and_two_are_refused() {
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.dmn", "<a/>")))
        .hasMessageContaining("恰好一个 .bpmn");
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.bpmn", "<a/>", "b.bpmn", "<b/>")))
        .hasMessageContaining("恰好一个 .bpmn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.dmn",
        "a/b.dmn",
        "a..dmn",
        ".dmn",
        "a.exe",
        "a.dmn.exe",
        "a\n.dmn",
        "a\u0000.dmn",
        "<script>.form",
        "C:a.dmn",
        "a\u202E.form"
      })
  void names_that_are_no_plain_file_names_are_refused(String name) {
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.bpmn", "<a/>", name, "{}")))
        .isInstanceOfSatisfying(
            DrawingRefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("file_name"));
  }

  @Test
  void too_much_is_refused() {
    String large = "x".repeat(DrawingFiles.LARGEST_BYTES);
    Map<String, String> many = new TreeMap<>(Map.of("a.bpmn", "<a/>"));
    for (int i = 0; i < DrawingFiles.MOST; i++) {
      many.put("t" + i + ".dmn", "<t/>");
    }

    assertThat(new DrawingFiles(Map.of("a.bpmn", large)).drawing()).hasSize(large.length());
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.bpmn", large + "x")))
        .hasMessageContaining("2 MB");
    assertThatThrownBy(
            () -> new DrawingFiles(Map.of("a.bpmn", large, "b.dmn", large, "c.form", "{}")))
        .hasMessageContaining("4 MB");
    assertThatThrownBy(() -> new DrawingFiles(many)).hasMessageContaining("最多");
  }

  @Test
  void what_is_no_text_is_refused_and_a_byte_order_mark_left_out() {
    byte[] other = "<a n='旅程'/>".getBytes(Charset.forName("GBK"));
    byte[] marked = "\uFEFF<a/>".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> DrawingFiles.ofBytes(Map.of("a.bpmn", other)))
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.bpmn", "<a>\0</a>")))
        .hasMessageContaining("文本");
    assertThatThrownBy(() -> new DrawingFiles(Map.of("a.bpmn", "  "))).hasMessageContaining("空的");
    assertThat(DrawingFiles.ofBytes(Map.of("a.bpmn", marked)).drawing()).isEqualTo("<a/>");
  }
}
