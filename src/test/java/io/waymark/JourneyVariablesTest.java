package io.waymark;

import static io.waymark.JourneyDrawing.camunda;
import static io.waymark.JourneyDrawing.condition;
import static io.waymark.JourneyDrawing.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * Nothing in a journey depends on a variable that might be unset: on every path to a condition, a
 * decision or a wait for our own message, a step has written what it reads.
 */
class JourneyVariablesTest {

  private static final Pattern CONDITION =
      Pattern.compile("\\$\\{(\\w+) (==|!=) '([a-z_A-Z0-9]+)'}");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "inAudience", Set.of("yes", "no", "unknown"),
          "verdict", Set.of("allowed", "deferred", "withheld"),
          "messageOutcome", Set.of("sent", "delivered", "failed", "withheld", "unknown"),
          "assessment", Set.of("valid", "expired", "missing"),
          "product", Set.of("none"));

  static Stream<JourneyDrawing> drawings() {
    return JourneyDrawing.all();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_variable_is_written_on_every_path_before_it_is_read(JourneyDrawing drawing) {
    Map<String, Set<String>> known = knownBefore(drawing);
    List<String> unset = new ArrayList<>();
    for (Element node : drawing.nodes()) {
      String id = node.getAttribute("id");
      for (String variable : reads(drawing, node)) {
        if (!known.get(id).contains(variable)) {
          unset.add(id + " reads " + variable);
        }
      }
    }
    assertThat(unset).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_condition_compares_one_variable_with_a_value_it_can_have(JourneyDrawing drawing) {
    for (Element flow : drawing.flows()) {
      if (condition(flow).isEmpty()) {
        continue;
      }
      Matcher comparison = CONDITION.matcher(condition(flow));
      assertThat(comparison.matches()).as(condition(flow)).isTrue();
      assertThat(possibleValues(drawing, comparison.group(1)))
          .as(flow.getAttribute("id"))
          .contains(comparison.group(3));
    }
  }

  private static Set<String> possibleValues(JourneyDrawing drawing, String variable) {
    return switch (variable) {
      case "outcome" ->
          drawing.nodes("userTask").stream()
              .flatMap(task -> Arrays.stream(settings(task).get("outcomes").split(",")))
              .collect(Collectors.toSet());
      case "variant" ->
          drawing.steps("assignVariant").stream()
              .flatMap(step -> Arrays.stream(settings(step).get("weights").split(",")))
              .map(weight -> weight.split(":")[0])
              .collect(Collectors.toSet());
      default -> VALUES.containsKey(variable) ? VALUES.get(variable) : answers(drawing, variable);
    };
  }

  private static Set<String> answers(JourneyDrawing drawing, String resultVariable) {
    return drawing.nodes("businessRuleTask").stream()
        .filter(rule -> camunda(rule, "resultVariable").equals(resultVariable))
        .flatMap(rule -> dmn(drawing, rule, "outputEntry"))
        .map(text -> text.replace("\"", ""))
        .collect(Collectors.toSet());
  }

  /** For each node, what every path to it has surely written: the greatest fixed point. */
  private static Map<String, Set<String>> knownBefore(JourneyDrawing drawing) {
    Set<String> everything = new HashSet<>();
    drawing.nodes().forEach(node -> everything.addAll(writes(drawing, node)));
    everything.add("verdictReason");
    Map<String, Set<String>> known = new HashMap<>();
    drawing
        .nodes()
        .forEach(
            node ->
                known.put(
                    node.getAttribute("id"),
                    node.getLocalName().equals("startEvent")
                            || node.getLocalName().equals("subProcess")
                        ? Set.of()
                        : everything));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Element node : drawing.nodes()) {
        Set<String> before = new HashSet<>(known.get(node.getAttribute("id")));
        for (Element flow : drawing.flowsTo(node.getAttribute("id"))) {
          Element from = drawing.byId(flow.getAttribute("sourceRef"));
          Set<String> after = new HashSet<>(known.get(from.getAttribute("id")));
          after.addAll(writes(drawing, from));
          before.retainAll(after);
        }
        if (node.getLocalName().equals("boundaryEvent")) {
          before.retainAll(known.get(node.getAttribute("attachedToRef")));
        }
        changed |= !before.equals(known.put(node.getAttribute("id"), before));
      }
    }
    return known;
  }

  private static Set<String> writes(JourneyDrawing drawing, Element node) {
    return switch (node.getLocalName()) {
      case "serviceTask" -> writtenByStep(node);
      case "userTask" -> Set.of("outcome");
      case "businessRuleTask" -> Set.of(camunda(node, "resultVariable"));
      case "boundaryEvent" ->
          JourneyDrawing.children(node, JourneyDrawing.BPMN, "errorEventDefinition").isEmpty()
              ? Set.of()
              : Set.of("verdictReason");
      case "intermediateCatchEvent" ->
          drawing.awaits(node).equals("message.settled") ? Set.of("messageOutcome") : Set.of();
      default -> Set.of();
    };
  }

  private static Set<String> writtenByStep(Element step) {
    return switch (camunda(step, "delegateExpression")) {
      case "${checkAudience}" -> Set.of("inAudience");
      case "${checkCompliance}" -> Set.of("verdict", "verdictReason");
      case "${sendMessage}" -> Set.of("lastMessage");
      case "${assignVariant}" -> Set.of("variant");
      case "${recommendProduct}" -> Set.of("product");
      case "${loadFacts}" -> Set.of(settings(step).get("facts").split(","));
      default -> Set.of();
    };
  }

  private static Set<String> reads(JourneyDrawing drawing, Element node) {
    return switch (node.getLocalName()) {
      case "exclusiveGateway" ->
          drawing.flowsFrom(node.getAttribute("id")).stream()
              .map(flow -> CONDITION.matcher(condition(flow)))
              .filter(Matcher::matches)
              .map(comparison -> comparison.group(1))
              .collect(Collectors.toSet());
      case "serviceTask" ->
          JourneyContent.of(node).filter(JourneyContent::requiresProduct).isPresent()
              ? Set.of("product")
              : Set.of();
      case "businessRuleTask" -> dmn(drawing, node, "inputExpression").collect(Collectors.toSet());
      case "intermediateCatchEvent" ->
          drawing.awaits(node).equals("message.settled") ? Set.of("lastMessage") : Set.of();
      default -> Set.of();
    };
  }

  private static Stream<String> dmn(JourneyDrawing drawing, Element rule, String element) {
    Element table = JourneyDrawing.parse(drawing.beside(camunda(rule, "decisionRef") + ".dmn"));
    return JourneyDrawing.descendants(table, table.getNamespaceURI(), element).stream()
        .map(entry -> entry.getTextContent().strip());
  }
}
