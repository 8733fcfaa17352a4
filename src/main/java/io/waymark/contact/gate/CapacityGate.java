package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;

/** Minors are not marketed to, nor are people of unknown age (民法典 17-18). */
final class CapacityGate implements Gate {

  @Override
  public String code() {
    return "capacity";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    if (!question.strict()) {
      return GateAnswer.pass();
    }
    LocalDate birthDate = question.customer().birthDate();
    if (birthDate == null) {
      return GateAnswer.withhold(WithheldReason.FACTS_MISSING, Map.of("birth_date", "unknown"));
    }
    LocalDate today = question.now().atZone(ExchangeCalendar.ZONE).toLocalDate();
    boolean adult =
        Period.between(birthDate, today).getYears() >= question.policy().minimumAge().years();
    // The age itself is personal; that it suffices is all a verdict needs.
    return adult
        ? GateAnswer.pass(Map.of("adult", "yes"))
        : GateAnswer.withhold(WithheldReason.CAPACITY, Map.of("adult", "no"));
  }
}
