package io.waymark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.waymark.evidence.EvidenceKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every act of the design's list has its kind, every kind is appended somewhere, and has a word.
 */
class EvidenceKindsTest {

  /** design.md, "Evidence". Migration joins when people can be migrated. */
  private static final Map<String, List<EvidenceKind>> DESIGN =
      Map.of(
          "send", List.of(EvidenceKind.MESSAGE_CLAIMED, EvidenceKind.MESSAGE_SETTLED),
          "verdict", List.of(EvidenceKind.VERDICT),
          "approval",
              List.of(
                  EvidenceKind.TEMPLATE_APPROVED,
                  EvidenceKind.RULE_PACK_APPROVED,
                  EvidenceKind.POLICY_APPROVED),
          "consent change", List.of(EvidenceKind.CONSENT_CHANGED),
          "publication", List.of(EvidenceKind.JOURNEY_APPROVED, EvidenceKind.CALENDAR_PUBLISHED),
          "task outcome", List.of(EvidenceKind.TASK_COMPLETED),
          "recall", List.of(EvidenceKind.RECALL_STARTED, EvidenceKind.RECALL_LIFTED),
          "erasure", List.of(EvidenceKind.CUSTOMER_ERASED),
          "staff change", List.of(EvidenceKind.STAFF_CHANGED),
          "export", List.of(EvidenceKind.EVIDENCE_EXPORTED));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.waymark");

  @Test
  void every_kind_is_appended_by_some_code() {
    Set<String> used =
        CODE.stream()
            .filter(type -> !type.isEquivalentTo(EvidenceKind.class))
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .map(JavaFieldAccess::getTarget)
            .filter(field -> field.getOwner().isEquivalentTo(EvidenceKind.class))
            .map(field -> field.getName())
            .collect(Collectors.toSet());

    assertThat(EvidenceKind.values()).allMatch(kind -> used.contains(kind.name()));
  }

  @Test
  void every_act_of_the_design_is_among_them() {
    assertThat(DESIGN.values())
        .allSatisfy(kinds -> assertThat(EnumSet.allOf(EvidenceKind.class)).containsAll(kinds));
  }

  @Test
  void every_kind_has_its_word_in_reports() throws IOException {
    Properties bundle = new Properties();
    try (Reader text =
        Files.newBufferedReader(
            Path.of("src/main/resources/messages.properties"), StandardCharsets.UTF_8)) {
      bundle.load(text);
    }

    assertThat(Arrays.stream(EvidenceKind.values()).map(kind -> "evidence.kind." + kind.code()))
        .allMatch(bundle::containsKey);
  }
}
