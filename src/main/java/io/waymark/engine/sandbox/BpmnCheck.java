package io.waymark.engine.sandbox;

import io.waymark.journey.JourneySettings;
import io.waymark.journey.JourneySettingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.SAXException;

/** Checks one BPMN file against {@link BpmnVocabulary} and the rules of a journey. */
final class BpmnCheck {

  private static final Set<String> EXPRESSION_HOLDERS =
      Set.of("conditionExpression", "timeDate", "timeDuration");

  private static final int DEEPEST = 50;

  // The engine takes an error code as the name of a Java exception to catch, too.
  private static final String ERROR_CODE = "[a-z][a-z0-9_]{0,40}";

  private final String resource;
  private final Map<String, StepSettings> steps;
  private final ExpressionCheck expressions;
  private final List<Problem> problems = new ArrayList<>();

  BpmnCheck(String resource, Map<String, StepSettings> steps, ExpressionCheck expressions) {
    this.resource = resource;
    this.steps = steps;
    this.expressions = expressions;
  }

  List<Problem> check(byte[] bytes) {
    Document document;
    try {
      document = SafeXml.parse(bytes);
    } catch (SAXException malformed) {
      return List.of(
          new Problem(resource, "文件", "不是可接受的 XML(不允许 DOCTYPE 与实体):" + brief(malformed)));
    }
    Element root = document.getDocumentElement();
    if (!is(root, BpmnVocabulary.BPMN, "definitions")) {
      return List.of(new Problem(resource, "文件", "不是 BPMN 文件。"));
    }
    walk(root, 0);
    checkProcesses(root);
    if (problems.isEmpty()) {
      problems.addAll(new LoopCheck(resource).check(root));
    }
    return problems;
  }

  private static String brief(SAXException malformed) {
    String message = String.valueOf(malformed.getMessage());
    return message.substring(0, Math.min(message.length(), 200));
  }

  private void walk(Element element, int depth) {
    if (depth > DEEPEST) {
      refuse(element, "元素嵌套过深(超过 " + DEEPEST + " 层)。");
      return;
    }
    String namespace = String.valueOf(element.getNamespaceURI());
    if (BpmnVocabulary.DIAGRAM.contains(namespace)) {
      return;
    }
    if (namespace.equals(BpmnVocabulary.CAMUNDA)) {
      checkExtension(element);
    } else if (!namespace.equals(BpmnVocabulary.BPMN)
        || !BpmnVocabulary.element(element.getLocalName())) {
      refuse(element, "不允许使用元素 <" + element.getTagName() + ">。");
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
            && element.getTextContent().strip().matches("[PTRDHMS0-9,/]{2,60}");
    if (!properties && !property && !retry) {
      refuse(element, "不允许使用扩展 <" + element.getTagName() + ">。");
    }
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      boolean known = property && Set.of("name", "value", "id").contains(attribute.getName());
      if (!known && !isNamespace(attribute)) {
        refuse(element, "扩展属性“" + attribute.getName() + "”不允许使用。");
      } else if (ExpressionCheck.isExpression(attribute.getValue())) {
        refuse(element, "设置的值不能是表达式:“" + attribute.getValue() + "”。");
      }
    }
  }

  private void checkElement(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      checkAttribute(element, (Attr) attributes.item(i));
    }
    if (EXPRESSION_HOLDERS.contains(element.getLocalName())) {
      checkExpression(element);
    } else if (ExpressionCheck.isExpression(Dom.ownText(element))) {
      refuse(element, "此处不允许写表达式。");
    }
    switch (element.getLocalName()) {
      case "serviceTask" -> checkStep(element);
      case "userTask" -> checkUserTask(element);
      case "businessRuleTask" -> checkDecision(element);
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
        refuse(element, "不允许使用属性“" + attribute.getName() + "”。");
      }
      return;
    }
    boolean known =
        namespace == null
            ? BpmnVocabulary.attribute(name)
            : namespace.equals(BpmnVocabulary.CAMUNDA)
                && BpmnVocabulary.camundaAttribute(element.getLocalName(), name);
    if (!known) {
      refuse(element, "不允许使用属性“" + attribute.getName() + "”。");
    } else if (!name.equals("delegateExpression")
        && ExpressionCheck.isExpression(attribute.getValue())) {
      refuse(element, "属性“" + attribute.getName() + "”必须是固定值,不能是表达式。");
    }
  }

  private static boolean isNamespace(Attr attribute) {
    return "http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI());
  }

  private void checkExpression(Element element) {
    String text = element.getTextContent().strip();
    if (element.getLocalName().equals("conditionExpression")) {
      expressions.condition(text).ifPresent(why -> refuse(element, why));
    } else if (ExpressionCheck.isExpression(text)) {
      expressions.timer(text).ifPresent(why -> refuse(element, why));
    } else if (!text.matches("[-+:.PTYMWDHSZ0-9]{2,40}")) {
      refuse(element, "时间“" + text + "”应写成 P3D、PT4H 这样的时长,或日历函数。");
    }
  }

  private void checkStep(Element task) {
    String expression = task.getAttributeNS(BpmnVocabulary.CAMUNDA, "delegateExpression").strip();
    StepSettings step =
        expression.matches("\\$\\{\\w+}")
            ? steps.get(expression.substring(2, expression.length() - 1))
            : null;
    if (step == null) {
      refuse(task, "服务任务必须使用路标的步骤模板,“" + expression + "”不是可用的步骤。");
      return;
    }
    Map<String, String> settings = Dom.settings(task);
    for (String name : new TreeSet<>(step.required())) {
      if (settings.getOrDefault(name, "").isBlank()) {
        refuse(task, "步骤缺少设置“" + name + "”。");
      }
    }
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!step.required().contains(name) && !step.optional().contains(name)) {
        refuse(task, "步骤没有名为“" + name + "”的设置。");
      }
    }
    step.formats()
        .forEach(
            (name, format) -> {
              String value = settings.getOrDefault(name, "");
              if (!value.isBlank() && !format.matcher(value.strip()).matches()) {
                refuse(task, "设置“" + name + "”的值“" + value + "”写法不对,请按元素模板的说明填写。");
              }
            });
    if (step.name().equals("sendMessage") && !hasWithheldBranch(task)) {
      refuse(task, "发送步骤必须画出“被拦截”分支:附着一个错误码为 withheld 的错误边界事件。");
    }
  }

  private static boolean hasWithheldBranch(Element task) {
    Element definitions = task.getOwnerDocument().getDocumentElement();
    Map<String, String> codes = new HashMap<>();
    Dom.descendants(definitions, BpmnVocabulary.BPMN, "error")
        .forEach(error -> codes.put(error.getAttribute("id"), error.getAttribute("errorCode")));
    return Dom.descendants(definitions, BpmnVocabulary.BPMN, "boundaryEvent").stream()
        .filter(boundary -> boundary.getAttribute("attachedToRef").equals(task.getAttribute("id")))
        .flatMap(
            boundary ->
                Dom.descendants(boundary, BpmnVocabulary.BPMN, "errorEventDefinition").stream())
        .anyMatch(error -> "withheld".equals(codes.get(error.getAttribute("errorRef"))));
  }

  private void checkUserTask(Element task) {
    Map<String, String> settings = Dom.settings(task);
    if (settings.getOrDefault("outcomes", "").isBlank()) {
      refuse(task, "人工任务缺少设置“outcomes”(可选结果)。");
    }
    if (!settings.getOrDefault("dueWorkingHours", "").matches("[1-9][0-9]{0,3}")) {
      refuse(task, "人工任务的设置“dueWorkingHours”应为正整数(工作小时)。");
    }
    if (!task.getAttributeNS(BpmnVocabulary.CAMUNDA, "asyncAfter").equals("true")) {
      refuse(task, "人工任务必须勾选 asyncAfter,使投顾的答复单独提交。");
    }
    requireBinding(task, "formRef", "formRefBinding");
  }

  private void checkDecision(Element task) {
    requireBinding(task, "decisionRef", "decisionRefBinding");
    if (task.getAttributeNS(BpmnVocabulary.CAMUNDA, "decisionRef").isBlank()) {
      refuse(task, "决策任务缺少决策表 decisionRef。");
    }
  }

  private void requireBinding(Element task, String reference, String binding) {
    boolean refers = !task.getAttributeNS(BpmnVocabulary.CAMUNDA, reference).isBlank();
    if (refers && !task.getAttributeNS(BpmnVocabulary.CAMUNDA, binding).equals("deployment")) {
      refuse(task, binding + " 必须为 deployment,使旅程只使用与它一同审批的文件。");
    }
  }

  private void checkMilestone(Element event) {
    boolean hasDefinition =
        Dom.children(event).stream()
            .anyMatch(child -> child.getLocalName().endsWith("EventDefinition"));
    if (hasDefinition) {
      refuse(event, "中间抛出事件只能作为里程碑使用,不能带事件定义。");
    }
  }

  private void checkError(Element error) {
    if (!error.getAttribute("errorCode").matches(ERROR_CODE)) {
      refuse(error, "错误码应为小写字母、数字和下划线,例如 withheld。");
    }
  }

  private void checkStart(Element start) {
    boolean insideSubProcess = Dom.parentIs(start, BpmnVocabulary.BPMN, "subProcess");
    boolean hasDefinition =
        Dom.children(start).stream()
            .anyMatch(child -> child.getLocalName().endsWith("EventDefinition"));
    if (!insideSubProcess && hasDefinition) {
      refuse(start, "旅程只能有一个空白开始事件;进入方式请写在旅程设置里。");
    }
  }

  private void checkProcesses(Element root) {
    List<Element> processes = Dom.descendants(root, BpmnVocabulary.BPMN, "process");
    if (processes.size() != 1) {
      problems.add(new Problem(resource, "process", "一个文件必须恰好包含一个流程。"));
      return;
    }
    Element process = processes.get(0);
    if (!process.getAttribute("isExecutable").equals("true")) {
      refuse(process, "流程必须标记为可执行(isExecutable)。");
    }
    if (!process.getAttribute("id").matches("[a-z][a-z0-9-]{1,60}")) {
      refuse(process, "流程编号应为小写字母、数字和连字符,例如 fund-dca。");
    }
    if (process.getAttribute("id").equals(ReviewDrawing.KEY)) {
      refuse(process, "“" + ReviewDrawing.KEY + "”是路标自带的审核流程,随软件发布;请为旅程另取编号。");
    }
    if (process.getAttributeNS(BpmnVocabulary.CAMUNDA, "historyTimeToLive").isBlank()) {
      refuse(process, "请填写历史保留时长 historyTimeToLive。");
    }
    long starts =
        Dom.children(process).stream()
            .filter(child -> is(child, BpmnVocabulary.BPMN, "startEvent"))
            .count();
    if (starts != 1) {
      refuse(process, "旅程必须恰好有一个开始事件。");
    }
    try {
      JourneySettings.read(Dom.settings(process));
    } catch (JourneySettingsException wrong) {
      refuse(process, String.valueOf(wrong.getMessage()));
    }
  }

  private static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  private void refuse(Element element, String message) {
    problems.add(new Problem(resource, Dom.nearestId(element), message));
  }
}
