package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sources of the templates that ship, branches nobody was rendered for included. */
class TemplateSourcesTest {

  private static final Pattern WORDS =
      Pattern.compile(" name=\"([^\"]*)\"|<bpmn:documentation[^>]*>([^<]*)");

  @Test
  void no_source_holds_what_would_pause_it() throws IOException {
    String pack = Files.readString(Path.of("src/main/resources/compliance/rule-pack-2026-11.yaml"));
    PackScanner scanner = PackScanner.of(pack);
    List<String> hits = new ArrayList<>();
    int read = 0;
    try (Stream<Path> files = Files.walk(Path.of("templates"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".ftl")).toList()) {
        read++;
        scanner.scan(Files.readString(file), LocalDate.of(2026, 11, 22)).findings().stream()
            .filter(finding -> finding.level() == FindingLevel.BLOCK)
            .forEach(finding -> hits.add(file + " " + finding));
      }
    }
    assertThat(read).isGreaterThan(10);
    assertThat(hits).isEmpty();
  }

  @Test
  void no_drawing_holds_what_would_pause_it() throws IOException {
    String pack = Files.readString(Path.of("src/main/resources/compliance/rule-pack-2026-11.yaml"));
    PackScanner scanner = PackScanner.of(pack);
    List<String> hits = new ArrayList<>();
    int read = 0;
    try (Stream<Path> files = Files.walk(Path.of("processes"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".bpmn")).toList()) {
        Matcher words = WORDS.matcher(Files.readString(file));
        while (words.find()) {
          read++;
          String text = words.group(1) == null ? words.group(2) : words.group(1);
          scanner.scan(text, LocalDate.of(2026, 11, 22)).findings().stream()
              .filter(finding -> finding.level() == FindingLevel.BLOCK)
              .forEach(finding -> hits.add(file + " " + finding));
        }
      }
    }
    assertThat(read).isGreaterThan(50);
    assertThat(hits).isEmpty();
  }
}
