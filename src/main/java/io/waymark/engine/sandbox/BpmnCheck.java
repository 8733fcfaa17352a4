package io.waymark.engine.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Checks one BPMN file against {@link BpmnVocabulary} and the rules of a journey. */
final class BpmnCheck {

  private static final Set<String> EXPRESSION_HOLDERS =
      Set.of("conditionExpression", "timeDate", "timeDuration");

  private static final int DEEPEST = 50;

  // The engine takes an error code as the name of a Java exception to catch, too.
  private static final String ERROR_CODE = "[a-z][a-z0-9_]{0,40}";

  private static final int MOST_NODES = 300;

  private final Map<String, StepSettings> steps;
  private final ExpressionCheck expressions;
  private final Refusals refusals;

  BpmnCheck(String resource, Map<String, StepSettings> steps, ExpressionCheck expressions) {
    this.steps = steps;
    this.expressions = expressions;
    this.refusals = new Refusals(resource);
  }

  List<Problem> check(byte[] bytes) {
    Document document;
    try {
      document = SafeXml.parse(bytes);
    } catch (SAXException malformed) {
      refusals.refuse(ProblemKind.XML, "文件", SafeXml.reason(malformed));
      return refusals.all();
    }
    Element root = document.getDocumentElement();
    if (!is(root, BpmnVocabulary.BPMN, "definitions")) {
      refusals.refuse(ProblemKind.FILE, "文件", "不是 BPMN 文件。");
      return refusals.all();
    }
    if (nodes(root) > MOST_NODES) {
      refusals.refuse(
          ProblemKind.SIZE, "文件", "旅程里有 " + nodes(root) + " 个元素，超过 " + MOST_NODES + " 个。");
      return refusals.all();
    }
    walk(root, 0);
    checkIds(root);
    new ProcessCheck(refusals).check(root);
    new LoopCheck(refusals).check(root);
    return refusals.all();
  }

  /** Whatever a journey could be made of, allowed or not: it is about the size alone. */
  private static int nodes(Element root) {
    return Dom.descendants(root, BpmnVocabulary.BPMN, "sequenceFlow").size() / 2
        + BpmnVocabulary.NODES.stream()
            .mapToInt(kind -> Dom.descendants(root, BpmnVocabulary.BPMN, kind).size())
            .sum();
  }

  private void checkIds(Element root) {
    Set<String> seen = new HashSet<>();
    for (Element element : Dom.descendants(root, BpmnVocabulary.BPMN, "*")) {
      String id = element.getAttribute("id");
      if (!id.isEmpty() && !seen.add(id)) {
        refuse(ProblemKind.VOCABULARY, element, "编号“" + id + "”用了两次，分不清说的是哪一个。");
      }
    }
  }

  private void walk(Element element, int depth) {
    if (depth > DEEPEST) {
      refuse(ProblemKind.SIZE, element, "元素嵌套过深(超过 " + DEEPEST + " 层)。");
      return;
    }
    String namespace = String.valueOf(element.getNamespaceURI());
    if (BpmnVocabulary.DIAGRAM.contains(namespace)
        && Dom.parentIs(element, BpmnVocabulary.BPMN, "definitions")) {
      return;
    }
    if (namespace.equals(BpmnVocabulary.CAMUNDA)) {
      checkExtension(element);
    } else if (!namespace.equals(BpmnVocabulary.BPMN)
        || !BpmnVocabulary.element(element.getLocalName())) {
      refuse(
          ProblemKind.VOCABULARY,
          element,
          "不允许使用元素 <"
              + element.getTagName()
              + ">"
              + ClosedElements.because(element.getLocalName()));
      return;
    } else {
      checkElement(element);
    }
    Dom.children(element).forEach(child -> walk(child, depth + 1));
  }

  private void checkExtension(Element element) {
    String name = element.getLocalName();
    boolean properties =
        name.equals("properties")
            && Dom.parentIs(element, BpmnVocabulary.BPMN, "extensionElements");
    boolean property =
        name.equals("property") && Dom.parentIs(element, BpmnVocabulary.CAMUNDA, "properties");
    boolean retry =
        name.equals("failedJobRetryTimeCycle")
            && TimerText.isRetryCycle(element.getTextContent().strip());
    if (!properties && !property && !retry) {
      refuse(
          ProblemKind.VOCABULARY,
          element,
          "不允许使用扩展 <"
              + element.getTagName()
              + ">"
              + ClosedElements.because(element.getLocalName()));
    }
    if (property && saidBefore(element)) {
      refuse(ProblemKind.SETTING, element, "设置“" + element.getAttribute("name") + "”填了两次，分不清用哪一个。");
    }
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      boolean known = property && Set.of("name", "value", "id").contains(attribute.getName());
      if (!known && !isNamespace(attribute)) {
        refuse(ProblemKind.VOCABULARY, element, "扩展属性“" + attribute.getName() + "”不允许使用。");
      } else if (ExpressionCheck.isExpression(attribute.getValue())) {
        refuse(ProblemKind.EXPRESSION, element, "设置的值不能是表达式:“" + attribute.getValue() + "”。");
      }
    }
  }

  /** People and the engine must read the same setting. */
  private static boolean saidBefore(Element property) {
    for (Node node = property.getPreviousSibling();
        node != null;
        node = node.getPreviousSibling()) {
      if (node instanceof Element before
          && before.getAttribute("name").equals(property.getAttribute("name"))) {
        return true;
      }
    }
    return false;
  }

  private void checkElement(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      checkAttribute(element, (Attr) attributes.item(i));
    }
    if (EXPRESSION_HOLDERS.contains(element.getLocalName())) {
      checkExpression(element);
    } else if (ExpressionCheck.isExpression(Dom.ownText(element))) {
      refuse(ProblemKind.EXPRESSION, element, "此处不允许写表达式。");
    }
    switch (element.getLocalName()) {
      case "serviceTask", "userTask", "businessRuleTask" ->
          new StepCheck(steps, refusals).check(element);
      case "intermediateThrowEvent" -> checkMilestone(element);
      case "startEvent" -> checkStart(element);
      case "error" -> checkError(element);
      default -> {
        // Everything else is settled by the vocabulary.
      }
    }
  }

  private void checkAttribute(Element element, Attr attribute) {
    String namespace = attribute.getNamespaceURI();
    String name = attribute.getLocalName() == null ? attribute.getName() : attribute.getLocalName();
    if (isNamespace(attribute) || BpmnVocabulary.MODELER.equals(namespace)) {
      return;
    }
    if (BpmnVocabulary.XSI.equals(namespace)) {
      boolean formal = name.equals("type") && attribute.getValue().endsWith("tFormalExpression");
      if (!formal && !name.equals("schemaLocation")) {
        refuse(ProblemKind.VOCABULARY, element, "不允许使用属性“" + attribute.getName() + "”。");
      }
      return;
    }
    boolean known =
        namespace == null
            ? BpmnVocabulary.attribute(name)
                || BpmnVocabulary.saysNothing(name, attribute.getValue())
            : namespace.equals(BpmnVocabulary.CAMUNDA)
                && BpmnVocabulary.camundaAttribute(element.getLocalName(), name);
    if (!known) {
      refuse(ProblemKind.VOCABULARY, element, "不允许使用属性“" + attribute.getName() + "”。");
    } else if (!name.equals("delegateExpression")
        && ExpressionCheck.isExpression(attribute.getValue())) {
      refuse(ProblemKind.EXPRESSION, element, "属性“" + attribute.getName() + "”必须是固定值,不能是表达式。");
    }
  }

  private static boolean isNamespace(Attr attribute) {
    return "http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI());
  }

  private void checkExpression(Element element) {
    String text = element.getTextContent().strip();
    if (element.getLocalName().equals("conditionExpression")) {
      expressions.condition(text).ifPresent(why -> refuse(ProblemKind.EXPRESSION, element, why));
    } else if (ExpressionCheck.isExpression(text)) {
      expressions.timer(text).ifPresent(why -> refuse(ProblemKind.TIMER, element, why));
    } else if (element.getLocalName().equals("timeDuration")
        ? !TimerText.isSpan(text)
        : !TimerText.isMoment(text)) {
      refuse(
          ProblemKind.TIMER,
          element,
          "时间“" + text + "”应写成 P3D、PT4H 这样的时长（日期写成 2027-01-04T09:30:00），或日历函数。");
    }
  }

  private void checkMilestone(Element event) {
    boolean hasDefinition =
        Dom.children(event).stream()
            .anyMatch(child -> child.getLocalName().endsWith("EventDefinition"));
    if (hasDefinition) {
      refuse(ProblemKind.VOCABULARY, event, "中间抛出事件只能作为里程碑使用,不能带事件定义。");
    }
  }

  private void checkError(Element error) {
    if (!error.getAttribute("errorCode").matches(ERROR_CODE)) {
      refuse(ProblemKind.VOCABULARY, error, "错误码应为小写字母、数字和下划线,例如 withheld。");
    }
  }

  private void checkStart(Element start) {
    boolean insideSubProcess = Dom.parentIs(start, BpmnVocabulary.BPMN, "subProcess");
    boolean hasDefinition =
        Dom.children(start).stream()
            .anyMatch(child -> child.getLocalName().endsWith("EventDefinition"));
    if (!insideSubProcess && hasDefinition) {
      refuse(ProblemKind.VOCABULARY, start, "旅程只能有一个空白开始事件;进入方式请写在旅程设置里。");
    }
  }

  private static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  private void refuse(ProblemKind kind, Element element, String message) {
    refusals.refuse(kind, element, message);
  }
}
