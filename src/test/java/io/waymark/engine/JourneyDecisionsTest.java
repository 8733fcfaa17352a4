package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision tables of the journeys, asked as the engine asks them. */
class JourneyDecisionsTest {

  private static final DmnEngine ENGINE =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

  @ParameterizedTest
  @CsvSource({
    "valid,   yes,     c4,   50w_500w, yes,     advise",
    "valid,   yes,     c5,   gt_1000w, yes,     advise",
    "valid,   yes,     c4,   unknown,  yes,     advise",
    "valid,   yes,     c4,   50w_500w, no,      nurture",
    "valid,   yes,     c4,   50w_500w, unknown, nurture",
    "expired, yes,     c5,   gt_1000w, yes,     reassess",
    "missing, unknown, none, unknown,  yes,     reassess",
    "valid,   no,      c5,   gt_1000w, yes,     stop",
    "valid,   unknown, c5,   gt_1000w, yes,     stop",
    "valid,   yes,     c3,   gt_1000w, yes,     stop",
    "valid,   yes,     c1,   gt_1000w, yes,     stop",
    "valid,   yes,     c4,   lt_50w,   yes,     stop",
  })
  void margin_is_offered_only_to_the_qualified(
      String assessment,
      String eligible,
      String level,
      String assets,
      String intent,
      String expected)
      throws IOException {
    assertThat(
            decide(
                "margin-route",
                Map.of(
                    "assessment", assessment,
                    "marginEligible", eligible,
                    "riskLevel", level,
                    "assetBand", assets,
                    "inAudience", intent)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "unskilled,    valid,   c3, unknown,      tutorial",
    "unskilled,    missing, c3, unknown,      tutorial",
    "dissatisfied, valid,   c2, unknown,      steady",
    "dissatisfied, valid,   c1, unknown,      review",
    "dissatisfied, expired, c4, unknown,      review",
    "refused,      valid,   c4, unskilled,    stop",
    "no_answer,    valid,   c4, unskilled,    tutorial",
    "no_answer,    valid,   c4, dissatisfied, review",
    "no_answer,    valid,   c4, unknown,      close",
    "no_time,      valid,   c4, unskilled,    close",
  })
  void a_dormant_customer_is_treated_by_the_reason_given(
      String outcome, String assessment, String level, String reason, String expected)
      throws IOException {
    assertThat(
            decide(
                "winback-treatment",
                Map.of(
                    "outcome", outcome,
                    "assessment", assessment,
                    "riskLevel", level,
                    "idleReason", reason)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "newbie,  valid,   c5,   basic",
    "newbie,  missing, none, basic",
    "mature,  valid,   c4,   advanced",
    "mature,  valid,   c5,   advanced",
    "mature,  valid,   c3,   risk",
    "mature,  expired, c5,   risk",
    "unknown, valid,   c5,   risk",
    "unknown, missing, none, risk",
  })
  void a_course_fits_experience_and_level_and_what_is_unknown_is_the_course_on_risk(
      String experience, String assessment, String level, String expected) throws IOException {
    assertThat(
            decide(
                "gallery/education-course",
                Map.of("experience", experience, "assessment", assessment, "riskLevel", level)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "unskilled,    teach",
    "dissatisfied, review",
    "no_time,      ask",
    "unknown,      ask",
  })
  void a_dormant_customer_is_woken_by_what_is_known_of_him(String reason, String expected)
      throws IOException {
    assertThat(decide("gallery/dormant-wake", Map.of("idleReason", reason))).isEqualTo(expected);
  }

  @Test
  void nothing_known_means_nobody_is_disturbed() throws IOException {
    Map<String, Object> nothing = new HashMap<>();
    for (String fact :
        new String[] {"assessment", "marginEligible", "riskLevel", "assetBand", "inAudience"}) {
      nothing.put(fact, "unknown");
    }
    assertThat(decide("margin-route", nothing)).isEqualTo("stop");
  }

  private static String decide(String decision, Map<String, ?> facts) throws IOException {
    try (InputStream table = Files.newInputStream(Path.of("processes", decision + ".dmn"))) {
      return ENGINE
          .evaluateDecisionTable(
              Path.of(decision).getFileName().toString(), table, new HashMap<String, Object>(facts))
          .getSingleResult()
          .getSingleEntry();
    }
  }
}
