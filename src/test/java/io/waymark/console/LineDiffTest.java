package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

  @Test
  void a_change_is_shown_with_three_lines_around_it() {
    String before =
        IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    List<String> shown =
        LineDiff.of(before, before.replace("line 10\n", "line ten\n")).stream()
            .map(line -> line.mark() + " " + line.text())
            .toList();
    assertThat(shown)
        .containsExactly(
            "gap …",
            "same line 7",
            "same line 8",
            "same line 9",
            "gone line 10",
            "new line ten",
            "same line 11",
            "same line 12",
            "same line 13",
            "gap …");
  }

  @Test
  void equal_texts_have_no_difference() {
    assertThat(LineDiff.of("a\nb", "a\nb\n")).isEmpty();
  }

  @Test
  void what_is_added_at_the_end_or_removed_at_the_start_is_told_as_such() {
    assertThat(LineDiff.of("a\nb", "b\nc"))
        .extracting(LineDiff.Line::mark)
        .containsExactly("gone", "same", "new");
  }
}
