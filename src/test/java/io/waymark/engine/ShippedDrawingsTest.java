package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.impact.ImpactAssessment;
import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.impact.ImpactDraft;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import io.waymark.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** A journey of the gallery brings its texts and audiences when somebody takes it. */
  private static final Set<String> COMES_WITH_USE =
      Set.of(
          "compliance.template_missing",
          "compliance.audience_unknown",
          "compliance.event_undeclared",
          "compliance.tag_undeclared");

  @Autowired Travellers travellers;
  @Autowired DrawingChecks checks;
  @Autowired ImpactAssessments impacts;
  @Autowired MovableClock clock;

  @BeforeEach
  void open() {
    travellers.open();
    // As the demo has it: whoever selects people by their assets has it assessed.
    if (impacts.refusal("dormant", clock.instant()).isPresent()) {
      ImpactAssessment written =
          impacts.propose(
              new ImpactDraft(
                  "dormant",
                  "客户的资产标签",
                  "按合同与同意提供服务",
                  "泄露与误判",
                  "加密、最小必要、可拒绝",
                  clock.instant().plus(Duration.ofDays(1000))),
              "author");
      impacts.approve(written.id(), Travellers.IMPACT_OFFICER);
    }
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

  private static boolean onTheShelf(Path drawing) {
    return drawing.getParent().endsWith("gallery");
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_shipped_journey_has_no_error_and_no_warning(Path drawing) throws IOException {
    List<Finding> findings = checks.check(together(drawing));

    assertThat(findings)
        .filteredOn(finding -> finding.severity() != Severity.HINT)
        .filteredOn(finding -> !onTheShelf(drawing) || !COMES_WITH_USE.contains(finding.rule()))
        .isEmpty();
  }
}
