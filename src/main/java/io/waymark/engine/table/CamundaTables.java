package io.waymark.engine.table;

import io.waymark.engine.sandbox.DmnCheck;
import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.stereotype.Component;

/** Evaluates tables by Camunda's decision engine; the same sandbox guards them as journeys. */
@Component
public class CamundaTables implements DecisionTables {

  /** Made when first asked: a part of the application without tables need not wait for it. */
  private static final class Engine {
    static final DmnEngine DMN =
        DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  }

  @Override
  public List<String> problems(String dmn) {
    return new DmnCheck("决策表")
        .check(dmn.getBytes(StandardCharsets.UTF_8)).stream().map(Object::toString).toList();
  }

  @Override
  public DecisionFile open(String dmn) {
    if (!problems(dmn).isEmpty()) {
      throw new IllegalArgumentException(problems(dmn).get(0));
    }
    try {
      return new CamundaFile(Engine.DMN, dmn);
    } catch (DmnEngineException | ModelException unreadable) {
      throw new IllegalArgumentException(
          "无法按决策表读取，请用 Camunda Modeler 打开检查：" + unreadable.getMessage(), unreadable);
    }
  }
}
