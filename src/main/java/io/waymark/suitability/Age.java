package io.waymark.suitability;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Age in full years on the local day in China. */
final class Age {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private Age() {}

  /** Null when the birth date is unknown. */
  static @Nullable Integer of(SuitabilityQuestion question) {
    LocalDate birthDate = question.birthDate();
    return birthDate == null
        ? null
        : Period.between(birthDate, LocalDate.ofInstant(question.at(), ZONE)).getYears();
  }
}
