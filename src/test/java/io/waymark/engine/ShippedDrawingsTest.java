package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What we ship passes our own checks, in a house where everything it names is there. */
@WithTravellers
class ShippedDrawingsTest {

  private static final Path FOLDER = Path.of("processes");
  private static final Pattern REFERENCE =
      Pattern.compile("camunda:(decisionRef|formRef)=\"([A-Za-z0-9_-]+)\"");

  @Autowired Travellers travellers;
  @Autowired DrawingChecks checks;

  @BeforeEach
  void open() {
    travellers.open();
  }

  static List<Path> drawings() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".bpmn"))
          .filter(file -> !file.endsWith("content-review.bpmn"))
          .sorted()
          .toList();
    }
  }

  private static Map<String, byte[]> together(Path drawing) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(drawing.getFileName().toString(), Files.readAllBytes(drawing));
    Matcher reference = REFERENCE.matcher(Files.readString(drawing));
    while (reference.find()) {
      String name = reference.group(2) + (reference.group(1).equals("formRef") ? ".form" : ".dmn");
      files.put(name, Files.readAllBytes(drawing.resolveSibling(name)));
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_shipped_journey_has_no_error_and_no_warning(Path drawing) throws IOException {
    List<Finding> findings = checks.check(together(drawing));

    assertThat(findings).filteredOn(finding -> finding.severity() != Severity.HINT).isEmpty();
  }
}
