package io.waymark.suitability;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * High-risk products: education first, time to consider after it, and a person instead of a message
 * for the elderly (适当性管理办法 art. 20).
 */
final class HighRiskCheck {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private HighRiskCheck() {}

  static Look look(SuitabilityQuestion question, SuitabilityPolicy policy) {
    Integer age = Age.of(question);
    int elderly = policy.elderlyAge().value();
    String educationTag = policy.educationTag().value();
    String timeTag = policy.educationTimeTag().value();
    String education = question.tags().get(educationTag);
    String considered = considered(question, policy);
    Cell cell =
        policy.highRisk(
            question.product().risk(),
            age == null ? "unknown" : age >= elderly ? "elderly" : "adult",
            education == null ? "unknown" : education.equals("true") ? "yes" : "no",
            considered);
    return Look.of(
        cell.is("pass"),
        cell.basis(),
        "asks",
        cell.answer(),
        "product_risk",
        question.product().risk(),
        "age",
        age,
        "age_limit",
        elderly,
        educationTag,
        education,
        timeTag,
        question.tags().get(timeTag),
        "considered",
        considered);
  }

  private static String considered(SuitabilityQuestion question, SuitabilityPolicy policy) {
    Duration time = Duration.ofHours(policy.considerHours().value());
    Instant done = moment(question.tags().get(policy.educationTimeTag().value()));
    if (done == null) {
      return "unknown";
    }
    return done.plus(time).isAfter(question.at()) ? "no" : "yes";
  }

  /** A moment, or a day in China, of which the end counts. */
  private static @Nullable Instant moment(@Nullable String value) {
    try {
      if (value == null) {
        return null;
      }
      return value.length() == 10
          ? LocalDate.parse(value).plusDays(1).atStartOfDay(ZONE).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
