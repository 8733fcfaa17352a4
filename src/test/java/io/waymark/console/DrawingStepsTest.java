package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The editor's steps, the shipped element templates and the editor's words go together. */
class DrawingStepsTest {

  private static final Path EDITOR = Path.of("src/main/frontend/modeler");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void the_editor_offers_every_shipped_template_and_no_other() throws IOException {
    Set<String> offered = found(Pattern.compile("'(waymark\\.[a-z-]+)'"), "steps.js", "panel.js");
    for (String entry : names(words().path("panel").path("entries"))) {
      offered.add(entry);
    }

    assertThat(offered).isEqualTo(shipped());
  }

  @Test
  void every_step_has_its_words() throws IOException {
    Set<String> steps =
        found(Pattern.compile("(?:\\{ id: |service\\(|entry\\()'([a-z-]+)'"), "steps.js");

    assertThat(names(words().path("steps"))).isEqualTo(steps);
    assertThat(words().path("steps"))
        .allSatisfy(step -> assertThat(step.path("title").asText()).isNotBlank());
  }

  private static JsonNode words() throws IOException {
    return JSON.readTree(EDITOR.resolve("words.json").toFile());
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> found(Pattern pattern, String... files) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String file : files) {
      pattern
          .matcher(Files.readString(EDITOR.resolve(file)))
          .results()
          .map((MatchResult one) -> one.group(1))
          .forEach(found::add);
    }
    return found;
  }

  private static Set<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("processes/element-templates"))) {
      return files.map(DrawingStepsTest::id).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String id(Path file) {
    try {
      return JSON.readTree(file.toFile()).path("id").asText();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
