package io.waymark.engine.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Checks that a deployment is one journey with everything it refers to: what is approved is one
 * hash over these files, and a table or form is looked up in the journey's own deployment only.
 */
final class TogetherCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TogetherCheck() {}

  /** Problems between files that are sound each by itself. */
  static List<Problem> check(Map<String, byte[]> files) {
    List<String> drawings = files.keySet().stream().filter(name -> ends(name, ".bpmn")).toList();
    if (drawings.size() != 1) {
      return List.of(
          new Problem(ProblemKind.FILE, "部署", "文件", "一次必须部署恰好一个旅程(.bpmn),请把它的决策表和表单一起放入。"));
    }
    String drawing = drawings.get(0);
    Document bpmn = parse(files.get(drawing));
    List<Problem> problems = new ArrayList<>();
    problems.addAll(missing(drawing, bpmn, "businessRuleTask", "decisionRef", decisions(files)));
    problems.addAll(missing(drawing, bpmn, "userTask", "formRef", forms(files)));
    return problems;
  }

  private static List<Problem> missing(
      String drawing, Document bpmn, String element, String reference, Set<String> present) {
    List<Problem> problems = new ArrayList<>();
    for (Element task : Dom.descendants(bpmn.getDocumentElement(), BpmnVocabulary.BPMN, element)) {
      String name = task.getAttributeNS(BpmnVocabulary.CAMUNDA, reference);
      if (!name.isBlank() && !present.contains(name)) {
        problems.add(
            new Problem(
                ProblemKind.REFERENCE,
                drawing,
                task.getAttribute("id"),
                "引用的“" + name + "”不在本次部署的文件里,请一起放入。"));
      }
    }
    return problems;
  }

  private static Set<String> decisions(Map<String, byte[]> files) {
    Set<String> ids = new HashSet<>();
    files.forEach(
        (name, file) -> {
          if (ends(name, ".dmn")) {
            Element root = parse(file).getDocumentElement();
            Dom.descendants(root, "*", "decision")
                .forEach(decision -> ids.add(decision.getAttribute("id")));
          }
        });
    return ids;
  }

  private static Set<String> forms(Map<String, byte[]> files) {
    Set<String> ids = new HashSet<>();
    files.forEach(
        (name, file) -> {
          if (ends(name, ".form")) {
            ids.add(formId(file));
          }
        });
    return ids;
  }

  private static String formId(byte[] form) {
    try {
      return JSON.readTree(form).path("id").asText("");
    } catch (IOException impossible) {
      throw new IllegalStateException("a checked form is JSON", impossible);
    }
  }

  private static Document parse(byte[] xml) {
    try {
      return SafeXml.parse(xml);
    } catch (SAXException impossible) {
      throw new IllegalStateException("a checked file is XML", impossible);
    }
  }

  private static boolean ends(String name, String suffix) {
    return name.toLowerCase(Locale.ROOT).endsWith(suffix);
  }
}
