package io.waymark.engine.sandbox;

import io.waymark.journey.JourneySettings;
import io.waymark.journey.JourneySettingsException;
import java.util.List;
import org.w3c.dom.Element;

/** Checks what a drawing says of the journey as a whole. */
final class ProcessCheck {

  private static final String KEPT = "P[1-9]\\d{0,4}D|[1-9]\\d{0,4}";

  private final Refusals refusals;

  ProcessCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(Element root) {
    List<Element> processes = Dom.descendants(root, BpmnVocabulary.BPMN, "process");
    if (processes.size() != 1) {
      refusals.refuse(ProblemKind.PROCESS, "process", "一个文件必须恰好包含一个流程。");
      return;
    }
    Element process = processes.get(0);
    if (!process.getAttribute("isExecutable").equals("true")) {
      refusals.refuse(ProblemKind.PROCESS, process, "流程必须标记为可执行(isExecutable)。");
    }
    if (!process.getAttribute("id").matches("[a-z][a-z0-9-]{1,60}")) {
      refusals.refuse(ProblemKind.PROCESS, process, "流程编号应为小写字母、数字和连字符,例如 fund-dca。");
    }
    if (process.getAttribute("id").equals(ReviewDrawing.KEY)) {
      refusals.refuse(
          ProblemKind.PROCESS, process, "“" + ReviewDrawing.KEY + "”是路标自带的审核流程,随软件发布;请为旅程另取编号。");
    }
    if (!process.getAttributeNS(BpmnVocabulary.CAMUNDA, "historyTimeToLive").matches(KEPT)) {
      refusals.refuse(ProblemKind.PROCESS, process, "请填写历史保留时长 historyTimeToLive，例如 P365D（天）。");
    }
    long starts =
        Dom.children(process).stream()
            .filter(
                child ->
                    BpmnVocabulary.BPMN.equals(child.getNamespaceURI())
                        && "startEvent".equals(child.getLocalName()))
            .count();
    if (starts != 1) {
      refusals.refuse(ProblemKind.PROCESS, process, "旅程必须恰好有一个开始事件。");
    }
    try {
      JourneySettings.read(Dom.settings(process));
    } catch (JourneySettingsException wrong) {
      refusals.refuse(ProblemKind.PROCESS, process, String.valueOf(wrong.getMessage()));
    }
  }
}
