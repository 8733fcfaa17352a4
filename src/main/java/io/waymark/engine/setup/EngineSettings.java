package io.waymark.engine.setup;

import io.waymark.engine.check.StructureDoor;
import io.waymark.engine.identity.AnswerForms;
import io.waymark.engine.identity.AnswersOnly;
import io.waymark.engine.identity.StaffIdentityFactory;
import io.waymark.engine.review.ReviewParsing;
import io.waymark.engine.review.ReviewStep;
import io.waymark.engine.run.DraftRecorder;
import io.waymark.engine.run.InstanceLoading;
import io.waymark.engine.run.JourneyIncidents;
import io.waymark.engine.run.JourneyParsing;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.CalendarFunctions;
import io.waymark.engine.sandbox.CalendarFunctions.CalendarOfEngine;
import io.waymark.engine.sandbox.ClosedExpressions;
import io.waymark.engine.sandbox.DeploymentCheck;
import io.waymark.engine.step.Step;
import io.waymark.journey.NodeVisits;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.session.Configuration;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.MapBusinessCalendarManager;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.Ordering;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.joda.time.DateTimeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Sets up the engine. Every setting that departs from Camunda's default has its reason in {@code
 * docs/decisions/engine-settings.md}.
 */
@Component
@Order(Ordering.DEFAULT_ORDER + 1)
class EngineSettings extends AbstractCamundaConfiguration {

  private final List<Step> steps;
  private final List<ReviewStep> reviewSteps;
  private final DeploymentCheck check;
  private final StructureDoor structure;
  private final JourneyParsing parsing;
  private final ReviewParsing reviewParsing;
  private final DraftRecorder drafts;
  private final JourneyTransactions transactions;
  private final NodeVisits visits;
  private final ExchangeCalendar calendar;
  private final Clock clock;
  private final HistoryLevel historyLevel;
  private final StaffIdentityFactory identity;

  EngineSettings(
      List<Step> steps,
      List<ReviewStep> reviewSteps,
      DeploymentCheck check,
      StructureDoor structure,
      JourneyParsing parsing,
      ReviewParsing reviewParsing,
      DraftRecorder drafts,
      JourneyTransactions transactions,
      NodeVisits visits,
      ExchangeCalendar calendar,
      Clock clock,
      HistoryLevel historyLevel,
      StaffIdentityFactory identity) {
    this.steps = steps;
    this.reviewSteps = reviewSteps;
    this.check = check;
    this.structure = structure;
    this.parsing = parsing;
    this.reviewParsing = reviewParsing;
    this.drafts = drafts;
    this.transactions = transactions;
    this.visits = visits;
    this.calendar = calendar;
    this.clock = clock;
    this.historyLevel = historyLevel;
    this.identity = identity;
  }

  @Override
  public void preInit(SpringProcessEngineConfiguration engine) {
    // The engine takes its time from Joda's provider: one clock for timers and rules, and on a
    // stage the stage's.
    DateTimeUtils.setCurrentMillisProvider(clock::millis);
    storage(engine);
    jobs(engine);
    sandbox(engine);
    journeys(engine);
    access(engine);
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl engine) {
    ((MapBusinessCalendarManager) engine.getBusinessCalendarManager())
        .addBusinessCalendar(DurationBusinessCalendar.NAME, new PlainDurations());
    Configuration mappings = engine.getSqlSessionFactory().getConfiguration();
    try (InputStream mapping = new ClassPathResource(InstanceLoading.MAPPING).getInputStream()) {
      new XMLMapperBuilder(mapping, mappings, InstanceLoading.MAPPING, mappings.getSqlFragments())
          .parse();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private void storage(SpringProcessEngineConfiguration engine) {
    engine.setDatabaseSchemaUpdate("false");
    // A refusal is an answer, told to whoever asked; failures are logged by whoever catches them.
    engine.setEnableCmdExceptionLogging(false);
    engine.setLoggingContextBusinessKey("journey");
    engine.setLoggingContextActivityId("node");
    engine.setCustomHistoryLevels(new ArrayList<>(List.of(historyLevel)));
    engine.setHistory(historyLevel.getName());
    engine.setHistoryRemovalTimeStrategy(
        ProcessEngineConfigurationImpl.HISTORY_REMOVAL_TIME_STRATEGY_START);
    engine.setEnableDefaultDbHistoryEventHandler(false);
    engine.setCustomHistoryEventHandlers(
        new ArrayList<>(List.of(new InstanceHistory(transactions))));
    engine.setCustomSessionFactories(
        new ArrayList<>(
            List.of(
                MessageSubscriptions.factory(),
                OrderedOperations.factory(() -> engine.getIdGenerator().getNextId()))));
    engine.setHistoryCleanupBatchWindowStartTime("01:00");
    engine.setHistoryCleanupBatchWindowEndTime("05:00");
    engine.setMetricsEnabled(false);
    engine.setDbMetricsReporterActivate(false);
    engine.setTaskMetricsEnabled(false);
    engine.setDefaultSerializationFormat("application/json");
    engine.setCmmnEnabled(false);
    engine.setStandaloneTasksEnabled(false);
  }

  private void jobs(SpringProcessEngineConfiguration engine) {
    engine.setJobExecutorAcquireByDueDate(true);
    engine.setEnsureJobDueDateNotNull(true);
    engine.setFailedJobRetryTimeCycle("PT1M,PT10M,PT1H");
  }

  private void sandbox(SpringProcessEngineConfiguration engine) {
    Map<Object, Object> reachable = new HashMap<>();
    steps.forEach(step -> reachable.put(step.settings().name(), step));
    reviewSteps.forEach(step -> reachable.put(step.name(), step));
    ClosedExpressions expressions = new ClosedExpressions(reachable);
    CalendarFunctions.all().forEach(expressions::addFunction);
    engine.setExpressionManager(expressions);
    engine.setBeans(
        new HashMap<>(Map.of(CalendarFunctions.CALENDAR, new CalendarOfEngine(calendar, clock))));
    engine.setEnableExpressionsInAdhocQueries(false);
    engine.setEnableExpressionsInStoredQueries(false);
    engine.setCustomPreDeployers(new ArrayList<>(List.of(check, structure)));
  }

  private void journeys(SpringProcessEngineConfiguration engine) {
    engine.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(parsing, reviewParsing)));
    engine.setCustomPostDeployers(new ArrayList<>(List.of(drafts)));
    engine.setCustomIncidentHandlers(new ArrayList<>(List.of(new JourneyIncidents(() -> visits))));
  }

  private void access(SpringProcessEngineConfiguration engine) {
    engine.setIdentityProviderSessionFactory(identity);
    engine.setTaskService(new AnswersOnly());
    engine.setFormService(new AnswerForms());
    engine.setAuthorizationEnabled(true);
    engine.setAdminGroups(new ArrayList<>(List.of("administrator")));
    engine.setAdminUsers(new ArrayList<>());
  }
}
