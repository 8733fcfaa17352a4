package io.waymark.engine.sandbox;

import io.waymark.advisor.TaskNeeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Checks the tasks of a drawing: which step, with which settings, and what must be drawn to it. */
final class StepCheck {

  private static final Map<String, Pattern> TASK_SETTINGS =
      Map.of(
          "kind", oneOf(TaskNeeds.KINDS),
          "urgency", oneOf(TaskNeeds.URGENCIES),
          "branches", Pattern.compile("own|any"),
          "skill", Pattern.compile("[a-z][a-z0-9_]{0,40}"),
          "language", Pattern.compile("[a-z]{2,8}"),
          "tier", Pattern.compile("[a-z][a-z0-9_]{0,40}"),
          "talkTrack", Pattern.compile("[a-z0-9-]{1,80}"),
          "materials", Pattern.compile("[a-z0-9-]{1,80}(,[a-z0-9-]{1,80}){0,9}"));

  private final Map<String, StepSettings> steps;
  private final Refusals refusals;

  StepCheck(Map<String, StepSettings> steps, Refusals refusals) {
    this.steps = steps;
    this.refusals = refusals;
  }

  void check(Element task) {
    switch (task.getLocalName()) {
      case "serviceTask" -> checkStep(task);
      case "userTask" -> checkUserTask(task);
      default -> checkDecision(task);
    }
  }

  private void checkStep(Element task) {
    String expression = task.getAttributeNS(BpmnVocabulary.CAMUNDA, "delegateExpression").strip();
    StepSettings step =
        expression.matches("\\$\\{\\w+}")
            ? steps.get(expression.substring(2, expression.length() - 1))
            : null;
    if (step == null) {
      refusals.refuse(ProblemKind.STEP, task, "服务任务必须使用路标的步骤模板,“" + expression + "”不是可用的步骤。");
      return;
    }
    Map<String, String> settings = Dom.settings(task);
    for (String name : new TreeSet<>(step.required())) {
      if (settings.getOrDefault(name, "").isBlank()) {
        refusals.refuse(ProblemKind.SETTING, task, "步骤缺少设置“" + name + "”。");
      }
    }
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!step.required().contains(name) && !step.optional().contains(name)) {
        refusals.refuse(ProblemKind.SETTING, task, "步骤没有名为“" + name + "”的设置。");
      }
    }
    step.formats()
        .forEach(
            (name, format) -> {
              String value = settings.getOrDefault(name, "");
              if (!value.isBlank() && !format.matcher(value.strip()).matches()) {
                refusals.refuse(
                    ProblemKind.SETTING,
                    task,
                    "设置“" + name + "”的值“" + value + "”写法不对,请按元素模板的说明填写。");
              }
            });
    if (step.name().equals("sendMessage") && !hasWithheldBranch(task)) {
      refusals.refuse(ProblemKind.WITHHELD, task, "发送步骤必须画出“被拦截”分支:附着一个错误码为 withheld 的错误边界事件。");
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
      refusals.refuse(ProblemKind.TASK, task, "人工任务缺少设置“outcomes”(可选结果)。");
    }
    if (!settings.getOrDefault("dueWorkingHours", "").matches("[1-9][0-9]{0,3}")) {
      refusals.refuse(ProblemKind.TASK, task, "人工任务的设置“dueWorkingHours”应为正整数(工作小时)。");
    }
    if (!task.getAttributeNS(BpmnVocabulary.CAMUNDA, "asyncAfter").equals("true")) {
      refusals.refuse(ProblemKind.TASK, task, "人工任务必须勾选 asyncAfter,使投顾的答复单独提交。");
    }
    TASK_SETTINGS.forEach(
        (name, format) -> {
          String value = settings.getOrDefault(name, "").strip();
          if (!value.isEmpty() && !format.matcher(value).matches()) {
            refusals.refuse(
                ProblemKind.SETTING,
                task,
                "人工任务的设置“" + name + "”的值“" + value + "”写法不对,请按元素模板的说明填写。");
          }
        });
    requireBinding(task, "formRef", "formRefBinding");
  }

  private static Pattern oneOf(Set<String> words) {
    return Pattern.compile(String.join("|", words));
  }

  private void checkDecision(Element task) {
    requireBinding(task, "decisionRef", "decisionRefBinding");
    if (task.getAttributeNS(BpmnVocabulary.CAMUNDA, "decisionRef").isBlank()) {
      refusals.refuse(ProblemKind.REFERENCE, task, "决策任务缺少决策表 decisionRef。");
    }
  }

  private void requireBinding(Element task, String reference, String binding) {
    boolean refers = !task.getAttributeNS(BpmnVocabulary.CAMUNDA, reference).isBlank();
    if (refers && !task.getAttributeNS(BpmnVocabulary.CAMUNDA, binding).equals("deployment")) {
      refusals.refuse(ProblemKind.TASK, task, binding + " 必须为 deployment,使旅程只使用与它一同审批的文件。");
    }
  }
}
