package io.waymark.engine;

import static io.waymark.customer.RiskTolerance.C3;
import static io.waymark.customer.RiskTolerance.C4;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.journey.Enrolments;
import io.waymark.journey.EntryCause;
import io.waymark.journey.EntryRequest;
import io.waymark.journey.JourneyVersions;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each step of the four journeys costs the database: statements by table, and rows written. It
 * is pinned in {@code src/test/resources/io/waymark/engine/costs}; more than is written there fails
 * with the difference. Whoever has a reason for more runs this test with {@code
 * -Dwaymark.costs.pin=true} and commits the files it writes.
 */
@WithTravellers
class JourneyCostsTest {

  @Autowired private Travellers travellers;
  @Autowired private JourneyCosts costs;
  @Autowired private Enrolments enrolments;
  @Autowired private JourneyVersions versions;
  @Autowired private TransactionTemplate transaction;

  @BeforeEach
  void atTheUsualHour() {
    travellers.clock.reset();
  }

  @AfterEach
  void theClockGoesBack() {
    travellers.clock.reset();
  }

  @Test
  void of_the_account_opening() {
    pin(
        "onboarding",
        one -> {
          Traveller person =
              travellers
                  .somebodyFor("onboarding")
                  .assessed(C3)
                  .tagged("experience", "mature")
                  .tagged("trading_months", "60");
          one.step("event account.opened: enters", () -> person.does("account.opened"));
          one.step("the welcome arrives", settles(person));
          one.step("event account.funded: goal", () -> person.does("account.funded"));
          person.left("goal");
        });
  }

  @Test
  void of_the_savings_plan() {
    pin(
        "fund-dca",
        one -> {
          Traveller person =
              travellers
                  .somebodyDrawing("fund-dca", "dca-intro", "A")
                  .tagged("cash_balance", "5000")
                  .assessed(C4)
                  .looksAt(Travellers.FUND);
          one.step("enters", () -> enters(person, "fund-dca"));
          one.step("event fund.page_viewed", () -> person.does("fund.page_viewed"));
          one.step("timer, two days later", timer(person, "Timer_Think"));
          one.step("the text arrives", settles(person));
          one.step("event dca.created: goal", () -> person.does("dca.created"));
          person.left("goal");
        });
  }

  @Test
  void of_the_margin_account() {
    pin(
        "margin-opening",
        one -> {
          Traveller person =
              travellers
                  .somebodyFor("margin-opening")
                  .tagged("asset_avg_20d", "800000")
                  .tagged("trading_months", "36")
                  .assessed(C4)
                  .tagged("education_high_risk", "true")
                  .tagged("education_high_risk_at", "2026-01-05T10:00:00+08:00")
                  .looksAt(Travellers.MARGIN);
          one.step("event margin.page_viewed: enters", () -> person.does("margin.page_viewed"));
          one.step("event margin.page_viewed, again", () -> person.does("margin.page_viewed"));
          one.step("event margin.course_completed", () -> person.does("margin.course_completed"));
          one.step("event margin.test_passed", () -> person.does("margin.test_passed"));
          one.step("the advisor answers", answers(person, "Task_Advisor", "will_open"));
          one.step("timer, not opened", timer(person, "Timer_Open"));
          person.left("not_opened");
        });
  }

  @Test
  void of_the_win_back() {
    pin(
        "win-back",
        one -> {
          Traveller person = travellers.somebodyFor("win-back").tagged("asset_total", "20000");
          one.step("enters", () -> enters(person, "win-back"));
          one.step("the text arrives", settles(person));
          one.step("event holding.reviewed", () -> person.does("holding.reviewed"));
          one.step("timer, reviewed", timer(person, "Timer_Reviewed"));
          person.left("reviewed");
        });
  }

  /** The first to go that way fills what is kept in memory; the second is measured. */
  private void pin(String journey, JourneyCosts.Way way) {
    travellers.settle();
    way.walk((name, step) -> step.run());
    travellers.clock.reset();
    travellers.clock.advance(Duration.ofHours(1));
    assertThat(costs.moreThanPinned(journey, way)).as("costs of %s", journey).isEmpty();
  }

  private void enters(Traveller person, String journey) {
    transaction.executeWithoutResult(
        status ->
            enrolments.request(
                List.of(
                    new EntryRequest(
                        versions.live(journey).orElseThrow(),
                        person.id(),
                        Travellers.BRANCH,
                        EntryCause.API,
                        person.ref(),
                        null))));
    travellers.settle();
  }

  private static Runnable settles(Traveller person) {
    return () -> person.messageSettles("delivered");
  }

  private Runnable timer(Traveller person, String timer) {
    return () -> person.timeComes(timer);
  }

  private Runnable answers(Traveller person, String node, String outcome) {
    return () -> {
      Task task = person.task(node);
      travellers.desk.complete(task.getId(), outcome, null, task.getAssignee(), List.of("advisor"));
      person.goesOn();
    };
  }
}
