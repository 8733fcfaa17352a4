package io.waymark.engine.table;

import io.waymark.suitability.table.AmbiguousTableException;
import io.waymark.suitability.table.DecisionFile;
import io.waymark.suitability.table.DecisionTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.hitpolicy.DmnHitPolicyException;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/** One file, parsed once for asking and once for showing. */
final class CamundaFile implements DecisionFile {

  private final DmnEngine engine;
  private final Map<String, DmnDecision> decisions;
  private final List<DecisionTable> tables;

  CamundaFile(DmnEngine engine, String dmn) {
    this.engine = engine;
    this.decisions =
        engine.parseDecisions(stream(dmn)).stream()
            .collect(Collectors.toMap(DmnDecision::getKey, decision -> decision));
    DmnModelInstance model = Dmn.readModelFromStream(stream(dmn));
    this.tables =
        model.getModelElementsByType(Decision.class).stream().map(CamundaFile::table).toList();
  }

  @Override
  public List<DecisionTable> tables() {
    return tables;
  }

  @Override
  public List<Map<String, String>> ask(String table, Map<String, String> inputs) {
    DmnDecision decision = decisions.get(table);
    if (decision == null) {
      throw new IllegalArgumentException("no table " + table);
    }
    try {
      return engine
          .evaluateDecisionTable(decision, Variables.fromMap(new HashMap<String, Object>(inputs)))
          .getResultList()
          .stream()
          .map(CamundaFile::answer)
          .toList();
    } catch (DmnHitPolicyException several) {
      throw new AmbiguousTableException(several.getMessage(), several);
    }
  }

  private static Map<String, String> answer(Map<String, Object> line) {
    Map<String, String> answer = new LinkedHashMap<>();
    line.forEach((name, value) -> answer.put(name, String.valueOf(value)));
    return answer;
  }

  private static DecisionTable table(Decision decision) {
    if (!(decision.getExpression()
        instanceof org.camunda.bpm.model.dmn.instance.DecisionTable drawn)) {
      throw new IllegalArgumentException("“" + decision.getName() + "”不是决策表，请改画成表格。");
    }
    String aggregation = drawn.getAggregation() == null ? "" : " " + drawn.getAggregation();
    return new DecisionTable(
        decision.getId(),
        decision.getName(),
        drawn.getHitPolicy() + aggregation,
        drawn.getInputs().stream().map(CamundaFile::input).toList(),
        drawn.getOutputs().stream().map(CamundaFile::output).toList(),
        drawn.getRules().stream().map(CamundaFile::line).toList());
  }

  private static DecisionTable.Column input(Input input) {
    String variable =
        input.getInputExpression() == null ? "" : text(input.getInputExpression().getText());
    return new DecisionTable.Column(variable, title(input.getLabel(), variable));
  }

  private static DecisionTable.Column output(Output output) {
    return new DecisionTable.Column(
        String.valueOf(output.getName()), title(output.getLabel(), output.getName()));
  }

  private static DecisionTable.Line line(Rule rule) {
    return new DecisionTable.Line(
        rule.getId(),
        rule.getInputEntries().stream().map(entry -> text(entry.getText())).toList(),
        rule.getOutputEntries().stream().map(entry -> text(entry.getText())).toList());
  }

  private static String text(@Nullable Text text) {
    return text == null ? "" : text.getTextContent().strip();
  }

  private static String title(@Nullable String label, String name) {
    return label == null || label.isBlank() ? name : label;
  }

  private static ByteArrayInputStream stream(String dmn) {
    return new ByteArrayInputStream(dmn.getBytes(StandardCharsets.UTF_8));
  }
}
