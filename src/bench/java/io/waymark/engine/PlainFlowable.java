package io.waymark.engine;

import io.waymark.engine.OneJourney.Inside;
import java.util.Map;
import java.util.function.BiFunction;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.Execution;
import org.flowable.spring.SpringProcessEngineConfiguration;

/**
 * Flowable 7.2 as its Spring Boot starter sets it up, without the engines the journey needs not.
 */
final class PlainFlowable implements OtherEngine {

  private final ProcessEngine engine;

  private PlainFlowable(ProcessEngine engine) {
    this.engine = engine;
  }

  static PlainFlowable byDefault(Place place, Steps steps) {
    StandaloneProcessEngineConfiguration creation = new StandaloneProcessEngineConfiguration();
    lean(creation);
    creation.setEngineName(place.schema() + "-creation");
    creation.setDataSource(place.inside());
    creation.setDatabaseSchema(place.schema());
    creation.setDatabaseTablePrefix(place.schema() + ".");
    creation.setTablePrefixIsSchema(true);
    creation.setDatabaseSchemaUpdate("true");
    creation.buildProcessEngine().close();

    SpringProcessEngineConfiguration plain = new SpringProcessEngineConfiguration();
    lean(plain);
    plain.setEngineName(place.schema());
    plain.setDataSource(place.dataSource());
    plain.setTransactionManager(place.transactions());
    plain.setDatabaseTablePrefix(place.schema() + ".");
    plain.setTablePrefixIsSchema(true);
    plain.setDatabaseSchemaUpdate("false");
    plain.setIdGenerator(new StrongUuidGenerator());
    plain.setBeans(
        Map.of(
            "audience", delegate(Steps::audience, steps),
            "compliance", delegate(Steps::compliance, steps),
            "send", delegate(Steps::send, steps),
            "goal", delegate(Steps::goal, steps)));
    ProcessEngine engine = plain.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("versus.bpmn20.xml", OneJourney.drawing("http://flowable.org/bpmn"))
        .deploy();
    return new PlainFlowable(engine);
  }

  private static void lean(ProcessEngineConfigurationImpl configuration) {
    configuration.setAsyncExecutorActivate(false);
    configuration.setDisableIdmEngine(true);
    configuration.setDisableEventRegistry(true);
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
    Execution waiting =
        engine
            .getRuntimeService()
            .createExecutionQuery()
            .processInstanceId(instance)
            .messageEventSubscriptionName(OneJourney.EVENT)
            .singleResult();
    engine.getRuntimeService().messageEventReceived(OneJourney.EVENT, waiting.getId());
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
