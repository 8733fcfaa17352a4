package io.waymark.segment;

import io.waymark.segment.Person.Assessed;
import io.waymark.segment.Person.Cell;
import io.waymark.segment.Person.Happened;
import io.waymark.segment.Person.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The meaning of rules, written slowly and plainly; what the SQL is held against. */
record Interpreter(Instant now, int assessmentMaxDays, Map<String, Rule> audiences) {

  Truth truth(Rule rule, Person person) {
    if (rule instanceof Rule.All all) {
      List<Truth> parts = all.parts().stream().map(part -> truth(part, person)).toList();
      return parts.contains(Truth.NO)
          ? Truth.NO
          : parts.contains(Truth.UNKNOWN) ? Truth.UNKNOWN : Truth.YES;
    }
    if (rule instanceof Rule.Any any) {
      List<Truth> parts = any.parts().stream().map(part -> truth(part, person)).toList();
      return parts.contains(Truth.YES)
          ? Truth.YES
          : parts.contains(Truth.UNKNOWN) ? Truth.UNKNOWN : Truth.NO;
    }
    if (rule instanceof Rule.Not not) {
      Truth part = truth(not.part(), person);
      return part == Truth.UNKNOWN ? part : part == Truth.YES ? Truth.NO : Truth.YES;
    }
    if (rule instanceof Rule.InAudience other) {
      return truth(audiences.get(other.code()), person);
    }
    return Truth.of(answer(rule, person));
  }

  private @Nullable Boolean answer(Rule rule, Person person) {
    if (rule instanceof Rule.TagNumber tag) {
      BigDecimal value = number(person.tags().get(tag.tag()));
      return value == null ? null : tag.comparison().holds(value.compareTo(tag.bound()));
    }
    if (rule instanceof Rule.TagText tag) {
      String value = person.tags().get(tag.tag());
      return value == null ? null : tag.values().contains(value) == tag.among();
    }
    if (rule instanceof Rule.EventCount count) {
      long times = person.events().stream().filter(event -> counts(event, count)).count();
      return count.comparison().holds(Long.compare(times, count.bound()));
    }
    if (rule instanceof Rule.NeverSince never) {
      Instant last = last(never.since(), person);
      Instant other = last(never.type(), person);
      return last != null && (other == null || !other.isAfter(last));
    }
    if (rule instanceof Rule.ConsentGiven consent) {
      Word word = person.consents().get(new Cell(consent.purpose(), consent.channel()));
      if (word == null
          || word.granted() && word.expires() != null && !now.isBefore(word.expires())) {
        return null;
      }
      return word.granted();
    }
    Assessed assessment = person.assessment();
    if (rule instanceof Rule.RiskLevel risk) {
      return assessment == null
          ? null
          : risk.comparison().holds(assessment.level().compareTo(risk.bound()));
    }
    if (rule instanceof Rule.AssessmentValid) {
      return assessment == null
          ? null
          : !now.isAfter(assessment.expires())
              && !now.isAfter(assessment.at().plus(Duration.ofDays(assessmentMaxDays)));
    }
    if (rule instanceof Rule.Age age) {
      LocalDate today = LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai"));
      return person.birthDate() == null
          ? null
          : age.comparison()
              .holds(
                  Integer.compare(
                      Period.between(person.birthDate(), today).getYears(), age.years()));
    }
    if (rule instanceof Rule.BranchIn branch) {
      return branch.branches().contains(person.branch()) == branch.among();
    }
    if (rule instanceof Rule.HoldsProduct holds) {
      return person.typesHeld().containsKey(holds.product());
    }
    if (rule instanceof Rule.HoldsType holds) {
      return person.typesHeld().containsValue(holds.type());
    }
    throw new AssertionError(rule);
  }

  private boolean counts(Happened event, Rule.EventCount count) {
    return event.type().equals(count.type())
        && !event.at().isAfter(now)
        && (count.days() == null || event.at().isAfter(now.minus(Duration.ofDays(count.days()))));
  }

  private @Nullable Instant last(String type, Person person) {
    return person.events().stream()
        .filter(event -> event.type().equals(type) && !event.at().isAfter(now))
        .map(Happened::at)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static @Nullable BigDecimal number(@Nullable String value) {
    return value == null || !value.matches("-?\\d+(\\.\\d+)?") ? null : new BigDecimal(value);
  }
}
