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
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Assumptions.Happening;
import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Cast.Player;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.BatchReport;
import io.waymark.platform.rehearsal.Stage;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Truth;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Plays a journey for some branches' customers on one stage, day after day. */
@Component
class AudiencePlay {

  private static final int PIECE = 1_000;
  private static final int EVENTS = 500;
  private static final int ANSWERS = 50;

  private final StagedVersion versions;
  private final StagedWorkers workers;
  private final StagedAdvisors advisors;
  private final FigureReader figures;
  private final Enrolments enrolments;
  private final AudienceQuestions audiences;
  private final CustomerEvents events;
  private final Customers customers;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  AudiencePlay(
      StagedVersion versions,
      StagedWorkers workers,
      StagedAdvisors advisors,
      FigureReader figures,
      Enrolments enrolments,
      AudienceQuestions audiences,
      CustomerEvents events,
      Customers customers,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.versions = versions;
    this.workers = workers;
    this.advisors = advisors;
    this.figures = figures;
    this.enrolments = enrolments;
    this.audiences = audiences;
    this.events = events;
    this.customers = customers;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Called on the stage. */
  Figures play(Stage stage, Script script, Cast cast, PlayProgress progress) {
    JourneyVersion version = versions.putInForce(script);
    try {
      Course course = new Course(stage, cast, progress);
      List<Player> asked = passing(version, cast);
      ask(version, asked);
      course.settle();
      learn();
      course.expect(entered());
      course.run();
      Map<String, Long> notAsked = new HashMap<>();
      if (asked.size() < cast.customers().size()) {
        notAsked.put("entry_filter", (long) cast.customers().size() - asked.size());
      }
      return figures.read(version.key(), cast.customers().size(), notAsked);
    } finally {
      versions.forget(script, version);
    }
  }

  /** Whom the entry filter lets through. */
  private List<Player> passing(JourneyVersion version, Cast cast) {
    String filter = version.settings().entryFilter();
    if (filter == null) {
      return cast.customers();
    }
    Map<Long, Truth> truths =
        audiences.test(
            filter, cast.customers().stream().map(Player::customerId).toList(), cast.from());
    return cast.customers().stream()
        .filter(one -> truths.get(one.customerId()) == Truth.YES)
        .toList();
  }

  private void ask(JourneyVersion version, List<Player> players) {
    for (int from = 0; from < players.size(); from += PIECE) {
      List<EntryRequest> wishes =
          players.subList(from, Math.min(from + PIECE, players.size())).stream()
              .map(
                  one ->
                      new EntryRequest(
                          version,
                          one.customerId(),
                          one.branch(),
                          EntryCause.AUDIENCE,
                          "rehearsal",
                          null))
              .toList();
      transaction.executeWithoutResult(status -> enrolments.request(wishes));
    }
  }

  /** Nobody keeps statistics of temporary tables but who asks for it. */
  private void learn() {
    for (String table :
        List.of(
            "act_ru_event_subscr",
            "act_ru_execution",
            "act_ru_job",
            "act_ru_variable",
            "customer_event",
            "enrolment",
            "event_queue",
            "message",
            "node_visit",
            "outbox",
            "participation",
            "verdict")) {
      jdbc.sql("analyze pg_temp." + table).update();
    }
  }

  private record Entered(long customerId, String ref) {}

  private List<Entered> entered() {
    return jdbc.sql(
            """
            select e.customer_id, c.ref from enrolment e join customer c on c.id = e.customer_id
             where e.status = 'started' order by e.customer_id
            """)
        .query(Entered.class)
        .list();
  }

  /** What people will do, and what they have done so far. */
  private final class Course implements StagedWorkers.Watcher {

    private final Stage stage;
    private final Cast cast;
    private final Instant end;
    private final Assumptions assumed;
    private final PlayProgress progress;
    private final TreeMap<Instant, List<Happens>> happenings = new TreeMap<>();
    private final TreeMap<Instant, List<StagedAdvisors.Task>> answers = new TreeMap<>();
    private final Set<String> planned = new HashSet<>();
    private Instant lookedForTasks;
    private int told;

    private Course(Stage stage, Cast cast, PlayProgress progress) {
      this.stage = stage;
      this.cast = cast;
      this.end = cast.from().plus(Duration.ofDays(cast.days()));
      this.assumed = cast.assumptions();
      this.progress = progress;
      this.lookedForTasks = cast.from();
    }

    private record Happens(Entered customer, String type) {}

    @Override
    public void trouble(String reason) {
      // Counted at its node as failed.
      progress.goOn();
    }

    @Override
    public void beat(int decided) {
      progress.decided(decided);
      progress.goOn();
    }

    private void settle() {
      workers.settle(
          (customer, channel, at) ->
              assumed.draw(customer, channel.code() + at.toEpochMilli()) < assumed.arrives()
                  ? Fate.ARRIVES
                  : Fate.FAILS,
          this);
      planAnswers();
    }

    /** Whole hours, so that what many do is done together. */
    private void expect(List<Entered> entered) {
      for (int i = 0; i < assumed.events().size(); i++) {
        Happening one = assumed.events().get(i);
        for (Entered customer : entered) {
          if (assumed.draw(customer.customerId(), "happens" + i) < one.share()) {
            double share = assumed.draw(customer.customerId(), "when" + i);
            long hours = one.fromHours() + (long) (share * (one.toHours() - one.fromHours()));
            happenings
                .computeIfAbsent(cast.from().plus(Duration.ofHours(hours)), at -> new ArrayList<>())
                .add(new Happens(customer, one.type()));
          }
        }
      }
    }

    private void run() {
      Optional<Instant> next = next();
      while (next.isPresent() && !next.get().isAfter(end)) {
        if (next.get().isAfter(stage.instant())) {
          stage.moveTo(next.get());
        }
        progress.at(stage.instant());
        progress.goOn();
        happen(due(happenings));
        answer(due(answers));
        settle();
        next = next();
      }
      if (end.isAfter(stage.instant())) {
        stage.moveTo(end);
      }
    }

    private Optional<Instant> next() {
      return Stream.of(
              workers.nextDue(),
              Optional.ofNullable(happenings.firstEntry()).map(Map.Entry::getKey),
              Optional.ofNullable(answers.firstEntry()).map(Map.Entry::getKey))
          .flatMap(Optional::stream)
          .min(Instant::compareTo);
    }

    private <T> List<T> due(TreeMap<Instant, List<T>> plan) {
      List<T> due = new ArrayList<>();
      Map<Instant, List<T>> past = plan.headMap(stage.instant(), true);
      past.values().forEach(due::addAll);
      past.clear();
      return due;
    }

    private void happen(List<Happens> due) {
      for (int from = 0; from < due.size(); from += EVENTS) {
        BatchReport report =
            events.accept(
                "rehearsal",
                due.subList(from, Math.min(from + EVENTS, due.size())).stream()
                    .map(this::event)
                    .toList());
        report.problems().stream()
            .findFirst()
            .ifPresent(
                problem -> {
                  throw new RehearsalRefusedException("假定的事件不能发生：" + problem.message());
                });
      }
    }

    private IncomingEvent event(Happens one) {
      return new IncomingEvent(
          "rehearsal-" + ++told, one.customer().ref(), one.type(), stage.instant(), Map.of());
    }

    private void planAnswers() {
      for (StagedAdvisors.Task task : advisors.since(lookedForTasks)) {
        if (planned.add(task.id())
            && assumed.draw(task.customerId(), "answers" + task.node()) < assumed.answered()) {
          answers
              .computeIfAbsent(
                  task.createdAt()
                      .truncatedTo(ChronoUnit.HOURS)
                      .plus(Duration.ofHours(Math.max(1, assumed.answerHours()))),
                  at -> new ArrayList<>())
              .add(task);
        }
      }
      lookedForTasks = stage.instant();
    }

    private void answer(List<StagedAdvisors.Task> due) {
      for (int from = 0; from < due.size(); from += ANSWERS) {
        List<StagedAdvisors.Task> open =
            advisors.open(due.subList(from, Math.min(from + ANSWERS, due.size())));
        try {
          answerTogether(open);
        } catch (TaskRefusedException one) {
          open.forEach(this::answerAlone);
        }
        progress.goOn();
      }
    }

    private void answerAlone(StagedAdvisors.Task task) {
      try {
        answerTogether(List.of(task));
      } catch (TaskRefusedException refused) {
        // He lost his licence or his place meanwhile: the task stays open, and is counted so.
        planned.add(task.id());
      }
    }

    private void answerTogether(List<StagedAdvisors.Task> tasks) {
      transaction.executeWithoutResult(status -> advisors.answer(tasks, this::outcome));
    }

    private String outcome(StagedAdvisors.Task task) {
      double all = task.outcomes().stream().mapToDouble(this::weight).sum();
      double left = assumed.draw(task.customerId(), "outcome" + task.node()) * all;
      for (String outcome : task.outcomes()) {
        left -= weight(outcome);
        if (left < 0) {
          return outcome;
        }
      }
      return task.outcomes().last();
    }

    private double weight(String outcome) {
      return assumed.outcomes().getOrDefault(outcome, 1.0);
    }
  }
}
