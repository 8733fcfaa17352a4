package io.waymark.segment;

import io.waymark.customer.LegalStatus;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.segment.Person.Assessed;
import io.waymark.segment.Person.Cell;
import io.waymark.segment.Person.Happened;
import io.waymark.segment.Person.Tagged;
import io.waymark.segment.Person.Word;
import io.waymark.segment.rule.EventCondition.Followed;
import io.waymark.segment.rule.EventCondition.Measured;
import io.waymark.segment.rule.EventCondition.NeverSince;
import io.waymark.segment.rule.EventCondition.Occurrence;
import io.waymark.segment.rule.EventCondition.Streak;
import io.waymark.segment.rule.EventCondition.Times;
import io.waymark.segment.rule.Happening;
import io.waymark.segment.rule.HistoryCondition.HoldsProduct;
import io.waymark.segment.rule.HistoryCondition.HoldsType;
import io.waymark.segment.rule.PersonCondition;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.TagCondition;
import io.waymark.segment.rule.Truth;
import io.waymark.segment.rule.Window;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityQuestion;
import io.waymark.suitability.SuitabilityReason;
import io.waymark.suitability.Unsuitable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meaning of rules, written slowly and plainly; what the SQL is held against. */
record Interpreter(
    Instant now,
    Suitability suitability,
    int assessmentMaxDays,
    Predicate<LocalDate> trades,
    Map<String, Duration> limits,
    Map<String, Product> products,
    Map<String, Rule> audiences) {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

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
    if (rule instanceof Rule.IsUnknown unknown) {
      return truth(unknown.part(), person) == Truth.UNKNOWN ? Truth.YES : Truth.NO;
    }
    if (rule instanceof Rule.InAudience other) {
      return truth(audiences.get(other.code()), person);
    }
    if (rule instanceof TagCondition tag) {
      return Truth.of(tag(tag, person.tags().get(tag.tag())));
    }
    if (rule instanceof PersonCondition of) {
      return Truth.of(person(of, person));
    }
    return Truth.of(events(rule, person));
  }

  private @Nullable Boolean tag(TagCondition condition, @Nullable Tagged tagged) {
    if (condition instanceof TagCondition.ValueAge age) {
      if (tagged == null) {
        return null;
      }
      Duration old = Duration.between(tagged.asOf(), now);
      return age.comparison().holds(old.compareTo(age.span().duration()));
    }
    Duration limit = limits.get(condition.tag());
    Tagged fresh =
        tagged != null && (limit == null || !tagged.asOf().isBefore(now.minus(limit)))
            ? tagged
            : null;
    if (condition instanceof TagCondition.Known) {
      return fresh != null;
    }
    if (fresh == null) {
      return null;
    }
    if (condition instanceof TagCondition.Text text) {
      return text.values().contains(fresh.value()) == text.among();
    }
    if (!fresh.value().matches("-?\\d+(\\.\\d+)?")) {
      return null;
    }
    BigDecimal value = new BigDecimal(fresh.value());
    if (condition instanceof TagCondition.Between between) {
      return value.compareTo(between.least()) >= 0 && value.compareTo(between.most()) <= 0;
    }
    TagCondition.Number number = (TagCondition.Number) condition;
    return number.comparison().holds(value.compareTo(number.bound()));
  }

  private @Nullable Boolean person(PersonCondition condition, Person person) {
    if (condition instanceof PersonCondition.Age age) {
      return person.birthDate() == null
          ? null
          : age.comparison()
              .holds(
                  Integer.compare(
                      Period.between(person.birthDate(), day(now)).getYears(), age.years()));
    }
    if (condition instanceof PersonCondition.BranchIn branch) {
      return branch.branches().contains(person.branch()) == branch.among();
    }
    if (condition instanceof PersonCondition.AdvisorIn advisor) {
      return person.advisor() == null
          ? null
          : advisor.advisors().contains(person.advisor()) == advisor.among();
    }
    if (condition instanceof PersonCondition.StatusIs of) {
      return (of.value() == LegalStatus.NORMAL) == of.among();
    }
    if (condition instanceof PersonCondition.ClassIs of) {
      return (person.customerClass() == of.value()) == of.among();
    }
    if (condition instanceof PersonCondition.ConsentGiven consent) {
      Word word = person.consents().get(new Cell(consent.purpose(), consent.channel()));
      boolean said =
          word != null
              && (!word.granted() || word.expires() == null || now.isBefore(word.expires()));
      return said ? word.granted() : null;
    }
    Assessed assessed = person.assessment();
    if (assessed == null) {
      return null;
    }
    if (condition instanceof PersonCondition.RiskLevel risk) {
      return risk.comparison().holds(assessed.inForce().compareTo(risk.bound()));
    }
    if (condition instanceof PersonCondition.AssessmentValid) {
      return !now.isAfter(assessed.expires())
          && !now.isAfter(assessed.at().plus(Duration.ofDays(assessmentMaxDays)));
    }
    Product product = products.get(((PersonCondition.Fits) condition).product());
    return product == null ? null : fits(person, assessed, product);
  }

  /** What the package that decides says, but for what rules do not ask. */
  private boolean fits(Person person, Assessed assessed, Product product) {
    var verdict =
        suitability.assess(
            new SuitabilityQuestion(
                person.customerClass(),
                Population.assessment(assessed, assessed.inForce()),
                null,
                Map.of(),
                product,
                Purpose.PRODUCT_MARKETING,
                now));
    return !(verdict instanceof Unsuitable unsuitable)
        || Set.of(SuitabilityReason.ENTRY_CONDITION, SuitabilityReason.HIGH_RISK_EXTRA)
            .contains(unsuitable.reason());
  }

  private @Nullable Boolean events(Rule rule, Person person) {
    if (rule instanceof Times times) {
      long count = in(person, times.event(), times.window()).count();
      return times.comparison().holds(Long.compare(count, times.bound()));
    }
    if (rule instanceof Measured measured) {
      return measured(measured, person);
    }
    if (rule instanceof Occurrence occurrence) {
      Instant found =
          all(person, occurrence.event())
              .map(Happened::at)
              .reduce((one, other) -> one.isBefore(other) == occurrence.first() ? one : other)
              .orElse(null);
      return found == null ? null : within(found, occurrence.window());
    }
    if (rule instanceof Followed followed) {
      return in(person, followed.event(), followed.window())
          .anyMatch(first -> isFollowed(first.at(), followed, person));
    }
    if (rule instanceof Streak streak) {
      return streak(streak, person);
    }
    if (rule instanceof NeverSince never) {
      Instant last = last(never.since(), person);
      Instant other = last(never.event(), person);
      return last != null && (other == null || !other.isAfter(last));
    }
    if (rule instanceof HoldsProduct holds) {
      return person.typesHeld().containsKey(holds.product());
    }
    return person.typesHeld().containsValue(((HoldsType) rule).type());
  }

  private @Nullable Boolean measured(Measured measured, Person person) {
    List<Object> values =
        in(person, measured.event(), measured.window())
            .map(event -> event.properties().get(measured.property()))
            .map(value -> value instanceof Number ? value : "none")
            .toList();
    if (values.contains("none")) {
      return null;
    }
    List<BigDecimal> numbers =
        values.stream().map(value -> new BigDecimal(value.toString())).toList();
    BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal result =
        switch (measured.measure()) {
          case SUM -> sum;
          case AVERAGE ->
              numbers.isEmpty()
                  ? null
                  : sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64);
          case MOST -> numbers.stream().max(BigDecimal::compareTo).orElse(null);
          case LEAST -> numbers.stream().min(BigDecimal::compareTo).orElse(null);
        };
    return result == null ? null : measured.comparison().holds(result.compareTo(measured.bound()));
  }

  private boolean isFollowed(Instant first, Followed followed, Person person) {
    return all(person, followed.then())
        .map(Happened::at)
        .anyMatch(
            second ->
                second.isAfter(first)
                    && !second.isAfter(first.plus(followed.within().duration()))
                    && (followed.without() == null
                        || all(person, followed.without())
                            .noneMatch(
                                between ->
                                    between.at().isAfter(first) && between.at().isBefore(second))));
  }

  private boolean streak(Streak streak, Person person) {
    Set<LocalDate> days =
        in(person, streak.event(), streak.window())
            .map(event -> day(event.at()))
            .collect(java.util.stream.Collectors.toSet());
    for (LocalDate first : days) {
      int length = 0;
      for (LocalDate day = first;
          days.contains(day) || streak.trading() && !trades.test(day) && length > 0;
          day = day.plusDays(1)) {
        if (day.isAfter(day(now))) {
          break;
        }
        length += days.contains(day) && (!streak.trading() || trades.test(day)) ? 1 : 0;
      }
      if (length >= streak.days()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Instant last(Happening what, Person person) {
    return all(person, what).map(Happened::at).max(Instant::compareTo).orElse(null);
  }

  private Stream<Happened> in(Person person, Happening what, Window window) {
    return all(person, what).filter(event -> within(event.at(), window));
  }

  private Stream<Happened> all(Person person, Happening what) {
    return person.events().stream()
        .filter(event -> event.type().equals(what.type()) && !event.at().isAfter(now))
        .filter(event -> what.where().stream().allMatch(test -> passes(event, test)));
  }

  private static boolean passes(Happened event, Happening.Test test) {
    Object value = event.properties().get(test.property());
    if (test instanceof Happening.NumberTest number) {
      return value instanceof Number
          && number.comparison().holds(new BigDecimal(value.toString()).compareTo(number.bound()));
    }
    Happening.TextTest text = (Happening.TextTest) test;
    return value != null && text.values().contains(value.toString()) == text.among();
  }

  private boolean within(Instant at, Window window) {
    if (window instanceof Window.Last last) {
      return at.isAfter(now.minus(last.span().duration()));
    }
    LocalDate day = day(at);
    LocalDate today = day(now);
    if (window instanceof Window.LastTradingDays trading) {
      long passed = day.datesUntil(today.plusDays(1)).filter(trades).count();
      return passed <= trading.days() && (passed < trading.days() || trades.test(day));
    }
    if (window instanceof Window.Dates dates) {
      return (dates.first() == null || !day.isBefore(dates.first()))
          && (dates.last() == null || !day.isAfter(dates.last()));
    }
    if (window instanceof Window.Period period) {
      int week = day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      LocalDate lastWeek = today.minusDays(7);
      LocalDate lastQuarter = today.minusMonths(3);
      return switch (period.name()) {
        case TODAY -> day.equals(today);
        case YESTERDAY -> day.equals(today.minusDays(1));
        case THIS_WEEK ->
            week == today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) && near(day, today, 7);
        case LAST_WEEK ->
            week == lastWeek.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) && near(day, lastWeek, 7);
        case THIS_MONTH -> YearMonth.from(day).equals(YearMonth.from(today));
        case LAST_MONTH -> YearMonth.from(day).equals(YearMonth.from(today).minusMonths(1));
        case THIS_QUARTER -> quarter(day).equals(quarter(today));
        case LAST_QUARTER -> quarter(day).equals(quarter(lastQuarter));
        case THIS_YEAR -> day.getYear() == today.getYear();
        case LAST_YEAR -> day.getYear() == today.getYear() - 1;
      };
    }
    return true;
  }

  private static String quarter(LocalDate day) {
    return day.getYear() + "/" + day.get(IsoFields.QUARTER_OF_YEAR);
  }

  private static boolean near(LocalDate one, LocalDate other, int days) {
    return Math.abs(one.toEpochDay() - other.toEpochDay()) < days;
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(Objects.requireNonNull(moment), ZONE);
  }
}
