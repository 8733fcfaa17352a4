package io.waymark.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.sandbox.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of all rules lists each of them with what it weighs. */
class ChecksDocumentTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z]+\\.[a-z_]+)` \\| (错误|警告|提示)", Pattern.MULTILINE);

  @Test
  void every_rule_is_on_the_page_with_its_weight() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/checks.md")));
    while (row.find()) {
      assertThat(listed.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
    }
    Map<String, String> real = new TreeMap<>();
    Reading.rules()
        .forEach(
            rule ->
                real.put(
                    rule.id(),
                    switch (rule.severity()) {
                      case ERROR -> "错误";
                      case WARNING -> "警告";
                      case HINT -> "提示";
                    }));
    Arrays.stream(ProblemKind.values()).forEach(kind -> real.put("engine." + kind.code(), "错误"));

    assertThat(listed).isEqualTo(real);
  }
}
