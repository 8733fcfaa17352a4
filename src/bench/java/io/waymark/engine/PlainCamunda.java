package io.waymark.engine;

import io.waymark.engine.OneJourney.Inside;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;

/** Camunda 7.24 as its Spring Boot starter sets it up, or tuned as its manual says. */
final class PlainCamunda implements OtherEngine {

  private final ProcessEngine engine;

  private PlainCamunda(ProcessEngine engine) {
    this.engine = engine;
  }

  /** The starter's defaults: history full, ids by UUID, no job executor as nothing falls due. */
  static PlainCamunda byDefault(Place place, Steps steps) {
    return open(
        place, steps, engine -> engine.setHistory(ProcessEngineConfigurationImpl.HISTORY_FULL));
  }

  /**
   * What the manual's pages on performance, history and the database advise: less history, removal
   * times at the start, no metrics, no case management, no tasks outside of processes.
   */
  static PlainCamunda tuned(Place place, Steps steps) {
    return open(
        place,
        steps,
        engine -> {
          engine.setHistory(ProcessEngineConfigurationImpl.HISTORY_ACTIVITY);
          engine.setHistoryRemovalTimeStrategy("start");
          engine.setMetricsEnabled(false);
          engine.setTaskMetricsEnabled(false);
          engine.setDbMetricsReporterActivate(false);
          engine.setCmmnEnabled(false);
          engine.setStandaloneTasksEnabled(false);
        });
  }

  private static PlainCamunda open(
      Place place, Steps steps, Consumer<ProcessEngineConfigurationImpl> settings) {
    StandaloneProcessEngineConfiguration creation = new StandaloneProcessEngineConfiguration();
    creation.setProcessEngineName(place.schema() + "-creation");
    creation.setDataSource(place.inside());
    creation.setDatabaseSchema(place.schema());
    creation.setDatabaseTablePrefix(place.schema() + ".");
    creation.setDatabaseSchemaUpdate("true");
    settings.accept(creation);
    creation.buildProcessEngine().close();

    SpringProcessEngineConfiguration plain = new SpringProcessEngineConfiguration();
    plain.setProcessEngineName(place.schema());
    plain.setDataSource(place.dataSource());
    plain.setTransactionManager(place.transactions());
    plain.setDatabaseSchema(place.schema());
    plain.setDatabaseTablePrefix(place.schema() + ".");
    plain.setDatabaseSchemaUpdate("false");
    plain.setIdGenerator(new StrongUuidGenerator());
    plain.setJobExecutorActivate(false);
    plain.setEnforceHistoryTimeToLive(false);
    plain.setBeans(
        Map.of(
            "audience", delegate(Steps::audience, steps),
            "compliance", delegate(Steps::compliance, steps),
            "send", delegate(Steps::send, steps),
            "goal", delegate(Steps::goal, steps)));
    settings.accept(plain);
    ProcessEngine engine = plain.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("versus.bpmn", OneJourney.drawing("http://camunda.org/schema/1.0/bpmn"))
        .deploy();
    return new PlainCamunda(engine);
  }

  private static JavaDelegate delegate(
      BiFunction<Steps, Inside, Map<String, Object>> step, Steps steps) {
    return execution ->
        step.apply(
                steps,
                new Inside(
                    (Long) execution.getVariable("participation"),
                    (Long) execution.getVariable("customer")))
            .forEach(execution::setVariable);
  }

  @Override
  public String start(Inside customer) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            "versus",
            "versus:" + customer.participation(),
            Map.of("participation", customer.participation(), "customer", customer.customer()))
        .getId();
  }

  @Override
  public void happened(String instance) {
    engine
        .getRuntimeService()
        .createMessageCorrelation(OneJourney.EVENT)
        .processInstanceId(instance)
        .correlate();
  }

  @Override
  public long running() {
    return engine.getRuntimeService().createProcessInstanceQuery().count();
  }

  @Override
  public void close() {
    engine.close();
  }
}
