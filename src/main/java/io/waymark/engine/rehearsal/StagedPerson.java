package io.waymark.engine.rehearsal;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Invents customers on a stage by the doors through which real ones come. */
@Component
class StagedPerson {

  private static final String REF = "REHEARSAL";
  private static final String NOBODY = "rehearsal";
  private static final Duration GOOD_FOR = Duration.ofDays(300);

  private final Customers customers;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final Clock clock;

  StagedPerson(Customers customers, Consents consents, RiskAssessments assessments, Clock clock) {
    this.customers = customers;
    this.consents = consents;
    this.assessments = assessments;
    this.clock = clock;
  }

  /**
   * The id of the person on the stage, made there when invented.
   *
   * @throws RehearsalRefusedException when the facts are not possible
   */
  long enter(Person person) {
    return person.customerId() == null ? invent(person) : person.customerId();
  }

  private long invent(Person person) {
    must(customers.importAll(List.of(record(person)), NOBODY));
    List<ConsentChange> agreed = agreed(person);
    if (!agreed.isEmpty()) {
      must(consents.record(agreed, NOBODY));
    }
    RiskTolerance level = person.level();
    if (level != null) {
      must(
          assessments.record(
              List.of(new AssessmentRow(REF, assessment(level, person.assessmentExpired()))),
              NOBODY));
    }
    return Objects.requireNonNull(customers.idsOf(List.of(REF)).get(REF));
  }

  private CustomerRecord record(Person person) {
    return new CustomerRecord(
        REF,
        "预演客户",
        LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE).minusYears(person.age()),
        person.branch(),
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        addresses(person.reachable()),
        person.tags());
  }

  private static Map<String, String> addresses(Set<Channel> reachable) {
    Map<String, String> addresses = new HashMap<>();
    if (reachable.contains(Channel.SMS)) {
      addresses.put("mobile", "13900000000");
    }
    if (reachable.contains(Channel.EMAIL)) {
      addresses.put("email", "rehearsal@example.com");
    }
    if (reachable.contains(Channel.WECHAT)) {
      addresses.put("wechat", "rehearsal");
    }
    if (reachable.contains(Channel.WECOM)) {
      addresses.put("wecom", "rehearsal");
    }
    if (reachable.contains(Channel.PUSH)) {
      addresses.put("device", "rehearsal");
    }
    return addresses;
  }

  private List<ConsentChange> agreed(Person person) {
    List<ConsentChange> agreed = new ArrayList<>();
    for (Purpose purpose : person.agrees()) {
      for (Channel channel : Channel.values()) {
        agreed.add(
            new ConsentChange(
                REF,
                purpose,
                channel,
                ConsentState.GRANTED,
                NOBODY,
                "v1",
                clock.instant(),
                null,
                null));
      }
    }
    return agreed;
  }

  private RiskAssessment assessment(RiskTolerance level, boolean expired) {
    Instant now = clock.instant();
    return new RiskAssessment(
        level,
        false,
        expired ? now.minus(Duration.ofDays(366)) : now,
        expired ? now.minus(Duration.ofDays(1)) : now.plus(GOOD_FOR),
        "long",
        Set.of("bond_fund", "money_fund", "mixed_fund", "equity_fund", "margin"),
        "aggressive");
  }

  private static void must(BatchReport report) {
    report.problems().stream()
        .findFirst()
        .ifPresent(
            problem -> {
              throw new RehearsalRefusedException(
                  "虚拟客户的“%s”不能这样填写：%s".formatted(problem.field(), problem.message()));
            });
  }
}
