package io.waymark.engine.rehearsal;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.contact.RehearsedDispatch.Fate;
import io.waymark.customer.Customers;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.journey.Enrolments;
import io.waymark.journey.EntryCause;
import io.waymark.journey.EntryRequest;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Act;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.BatchReport;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.rehearsal.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Plays one customer's journey on a stage, act by act. */
@Component
class OneCustomer {

  private static final LocalTime OPENING = LocalTime.of(9, 30);

  private final StagedVersion versions;
  private final StagedPerson people;
  private final StagedWorkers workers;
  private final SceneReader scenes;
  private final Enrolments enrolments;
  private final CustomerEvents events;
  private final Customers customers;
  private final StagedAdvisors advisors;
  private final ExchangeCalendar calendar;
  private final TransactionTemplate transaction;

  OneCustomer(
      StagedVersion versions,
      StagedPerson people,
      StagedWorkers workers,
      SceneReader scenes,
      Enrolments enrolments,
      CustomerEvents events,
      Customers customers,
      StagedAdvisors advisors,
      ExchangeCalendar calendar,
      TransactionTemplate transaction) {
    this.versions = versions;
    this.people = people;
    this.workers = workers;
    this.scenes = scenes;
    this.enrolments = enrolments;
    this.events = events;
    this.customers = customers;
    this.advisors = advisors;
    this.calendar = calendar;
    this.transaction = transaction;
  }

  /** What the play has come to. */
  private final class Course {

    private final Stage stage;
    private final long customerId;
    private @Nullable String problem;
    private final Deque<Fate> fates = new ArrayDeque<>();

    private Course(Stage stage, long customerId) {
      this.stage = stage;
      this.customerId = customerId;
    }

    /** What becomes of what is sent now is said by the acts that follow, message by message. */
    private void tell(List<Act> acts, int next) {
      fates.clear();
      for (Act act : acts.subList(next, acts.size())) {
        if (act instanceof Act.DeliveryFails) {
          fates.add(Fate.FAILS);
        } else if (act instanceof Act.NoReceipt) {
          fates.add(Fate.SILENT);
        } else {
          return;
        }
      }
    }

    private void settle() {
      workers.settle(
          (customer, channel, at) -> Objects.requireNonNullElse(fates.poll(), Fate.ARRIVES),
          reason -> problem = reason);
    }

    private void passUntil(Instant target) {
      Optional<Instant> next = workers.nextDue();
      while (next.isPresent() && !next.get().isAfter(target)) {
        goTo(next.get());
        settle();
        next = workers.nextDue();
      }
      goTo(target);
      settle();
    }

    private void goTo(Instant moment) {
      if (moment.isAfter(stage.instant())) {
        stage.moveTo(moment);
      }
    }
  }

  /** Called on the stage. */
  Scene play(Stage stage, Script script, Person person, List<Act> acts) {
    JourneyVersion version = versions.putInForce(script);
    try {
      long customerId = people.enter(person);
      Course course = new Course(stage, customerId);
      course.tell(acts, 0);
      transaction.executeWithoutResult(
          status -> enrolments.request(List.of(wish(version, customerId, person))));
      course.settle();
      for (int i = 0; i < acts.size(); i++) {
        if (acts.get(i) instanceof Act.DeliveryFails || acts.get(i) instanceof Act.NoReceipt) {
          continue;
        }
        course.tell(acts, i + 1);
        perform(acts.get(i), i, course);
      }
      return scenes.read(customerId, course.problem);
    } finally {
      versions.forget(script, version);
    }
  }

  private static EntryRequest wish(JourneyVersion version, long customerId, Person person) {
    return new EntryRequest(
        version, customerId, person.branch(), EntryCause.API, "rehearsal", null);
  }

  private void perform(Act act, int number, Course course) {
    if (act instanceof Act.Step) {
      workers.nextDue().ifPresent(course::goTo);
      course.settle();
    } else if (act instanceof Act.Pass pass) {
      course.passUntil(course.stage.instant().plus(pass.time()));
    } else if (act instanceof Act.NextTradingDay) {
      course.passUntil(nextOpening(course.stage.instant()));
    } else if (act instanceof Act.Happens happens) {
      report(happens, number, course);
      course.settle();
    } else if (act instanceof Act.Answered answered) {
      answer(answered.outcome(), course);
      course.settle();
    }
  }

  private Instant nextOpening(Instant now) {
    try {
      LocalDate today = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
      return calendar
          .nextTradingDay(today)
          .atTime(OPENING)
          .atZone(ExchangeCalendar.ZONE)
          .toInstant();
    } catch (CalendarUnknownException unknown) {
      throw new RehearsalRefusedException(unknown.getMessage());
    }
  }

  private void report(Act.Happens happens, int number, Course course) {
    String ref = customers.refsOf(List.of(course.customerId)).get(course.customerId);
    BatchReport report =
        events.accept(
            "rehearsal",
            List.of(
                new IncomingEvent(
                    "rehearsal-" + number,
                    String.valueOf(ref),
                    happens.type(),
                    course.stage.instant(),
                    new HashMap<>(happens.properties()))));
    report.problems().stream()
        .findFirst()
        .ifPresent(
            trouble -> {
              throw new RehearsalRefusedException(
                  "事件“%s”不能这样发生：%s".formatted(happens.type(), trouble.message()));
            });
  }

  private void answer(String outcome, Course course) {
    StagedAdvisors.Task task =
        advisors.since(Instant.EPOCH).stream()
            .filter(one -> one.outcomes().contains(outcome))
            .findFirst()
            .orElseThrow(
                () ->
                    new RehearsalRefusedException(
                        "此刻没有可以答复“%s”的投顾任务，请先让旅程走到任务。".formatted(outcome)));
    try {
      if (advisors.answer(List.of(task), answered -> outcome) == 0) {
        throw new RehearsalRefusedException("营业部没有能认领这个任务的投顾，请检查投顾的资格与在岗情况。");
      }
    } catch (TaskRefusedException refused) {
      course.problem = refused.getMessage();
    }
  }
}
