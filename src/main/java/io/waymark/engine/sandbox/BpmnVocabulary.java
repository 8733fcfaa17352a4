package io.waymark.engine.sandbox;

import java.util.Map;
import java.util.Set;

/**
 * The part of BPMN and of the engine's extensions that a drawing may use. Whatever is not named
 * here is refused, so that a feature of the engine we have not thought of is closed, not open.
 */
public final class BpmnVocabulary {

  /** Namespace of BPMN 2.0. */
  public static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  /** Namespace of the engine's extensions. */
  public static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

  static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  static final String MODELER = "http://camunda.org/schema/modeler/1.0";

  /** Where shapes lie: no meaning for the engine. */
  static final Set<String> DIAGRAM =
      Set.of(
          "http://www.omg.org/spec/BPMN/20100524/DI",
          "http://www.omg.org/spec/DD/20100524/DC",
          "http://www.omg.org/spec/DD/20100524/DI",
          "http://bpmn.io/schema/bpmn/biocolor/1.0",
          "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

  /** Steps a token can stand on or pass. */
  static final Set<String> NODES =
      Set.of(
          "startEvent",
          "endEvent",
          "serviceTask",
          "userTask",
          "businessRuleTask",
          "receiveTask",
          "exclusiveGateway",
          "eventBasedGateway",
          "intermediateCatchEvent",
          "intermediateThrowEvent",
          "boundaryEvent",
          "subProcess");

  private static final Set<String> OTHER_ELEMENTS =
      Set.of(
          "definitions",
          "process",
          "collaboration",
          "participant",
          "laneSet",
          "lane",
          "flowNodeRef",
          "sequenceFlow",
          "conditionExpression",
          "incoming",
          "outgoing",
          "extensionElements",
          "documentation",
          "message",
          "error",
          "messageEventDefinition",
          "timerEventDefinition",
          "errorEventDefinition",
          "terminateEventDefinition",
          "timeDate",
          "timeDuration",
          "textAnnotation",
          "text",
          "association",
          "group",
          "category",
          "categoryValue");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "id",
          "name",
          "isExecutable",
          "isClosed",
          "processType",
          "processRef",
          "sourceRef",
          "targetRef",
          "default",
          "messageRef",
          "errorRef",
          "errorCode",
          "attachedToRef",
          "cancelActivity",
          "triggeredByEvent",
          "isInterrupting",
          "gatewayDirection",
          "eventGatewayType",
          "associationDirection",
          "categoryValueRef",
          "value",
          "exporter",
          "exporterVersion",
          "targetNamespace");

  private static final Set<String> TEMPLATE_MARKS =
      Set.of("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon");

  private static final Map<String, Set<String>> CAMUNDA_ATTRIBUTES =
      Map.of(
          "process", Set.of("historyTimeToLive", "versionTag", "isStartableInTasklist"),
          "serviceTask", Set.of("delegateExpression", "asyncAfter", "exclusive"),
          "userTask", Set.of("formRef", "formRefBinding", "asyncAfter", "exclusive"),
          "businessRuleTask",
              Set.of(
                  "decisionRef",
                  "decisionRefBinding",
                  "mapDecisionResult",
                  "resultVariable",
                  "asyncAfter",
                  "exclusive"),
          "receiveTask", Set.of("asyncAfter", "exclusive"),
          "intermediateCatchEvent", Set.of("asyncAfter", "exclusive"),
          "startEvent", Set.of("asyncAfter", "exclusive"));

  /** What other tools write out although it says nothing. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "completionQuantity", "1",
          "startQuantity", "1",
          "isForCompensation", "false",
          "instantiate", "false",
          "parallelMultiple", "false");

  private BpmnVocabulary() {}

  /** Whether an attribute says what holds without it. */
  static boolean saysNothing(String attribute, String value) {
    return value.equals(DEFAULTS.get(attribute));
  }

  static boolean element(String name) {
    return NODES.contains(name) || OTHER_ELEMENTS.contains(name);
  }

  static boolean attribute(String name) {
    return ATTRIBUTES.contains(name);
  }

  static boolean camundaAttribute(String element, String name) {
    return TEMPLATE_MARKS.contains(name)
        || CAMUNDA_ATTRIBUTES.getOrDefault(element, Set.of()).contains(name);
  }
}
