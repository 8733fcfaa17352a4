package io.waymark.engine.sandbox;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.SAXException;

/**
 * Checks one decision table: plain tables only, whose inputs are variables, whose conditions are
 * comparisons with literals and whose answers are literals. FEEL itself could reach into Java.
 */
public final class DmnCheck {

  private static final String NAMESPACE_PREFIX = "https://www.omg.org/spec/DMN/";
  private static final String OLD_NAMESPACE = "http://www.omg.org/spec/DMN/";
  private static final String CAMUNDA = "http://camunda.org/schema/1.0/dmn";

  private static final Set<String> ELEMENTS =
      Set.of(
          "definitions",
          "decision",
          "decisionTable",
          "input",
          "inputExpression",
          "inputValues",
          "inputEntry",
          "output",
          "outputValues",
          "outputEntry",
          "rule",
          "text",
          "description",
          "informationRequirement",
          "requiredInput",
          "requiredDecision",
          "inputData",
          "variable",
          "DMNDI");

  private static final String LITERAL = "(\"[^\"\\\\]*\"|-?\\d+(\\.\\d+)?|true|false|null)";
  private static final String TEST =
      "((<=|>=|<|>)?\\s*" + LITERAL + "|[\\[(\\]]\\s*-?\\d+\\s*\\.\\.\\s*-?\\d+\\s*[\\])\\[])";
  private static final String TESTS = TEST + "(\\s*,\\s*" + TEST + ")*";
  private static final Pattern CONDITION =
      Pattern.compile("-?|" + TESTS + "|not\\(" + TESTS + "\\)");
  private static final Pattern ANSWER = Pattern.compile(LITERAL);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,60}");

  private final Refusals refusals;

  /** Checks a table that people know by this name. */
  public DmnCheck(String resource) {
    this.refusals = new Refusals(resource);
  }

  /** Everything that is not allowed, in document order; empty when nothing is. */
  public List<Problem> check(byte[] bytes) {
    try {
      walk(SafeXml.parse(bytes).getDocumentElement());
    } catch (SAXException malformed) {
      refusals.refuse(ProblemKind.XML, "文件", SafeXml.reason(malformed));
    }
    return refusals.all();
  }

  private void walk(Element element) {
    String namespace = String.valueOf(element.getNamespaceURI());
    boolean dmn = namespace.startsWith(NAMESPACE_PREFIX) || namespace.startsWith(OLD_NAMESPACE);
    if (element.getLocalName().equals("DMNDI")) {
      return;
    }
    if (!dmn || !ELEMENTS.contains(element.getLocalName())) {
      refuse(element, "决策表不允许使用元素 <" + element.getTagName() + ">。");
      return;
    }
    checkAttributes(element);
    String text = text(element);
    switch (element.getLocalName()) {
      case "inputExpression" -> require(element, VARIABLE, text, "输入必须是一个变量名");
      case "inputEntry" -> require(element, CONDITION, text, "条件只能是固定值的比较,例如 \"c4\" 或 >= 3");
      case "outputEntry" -> require(element, ANSWER, text, "结果必须是固定值,例如 \"advisor\"");
      default -> {
        // Everything else is settled by the vocabulary.
      }
    }
    Dom.children(element).forEach(this::walk);
  }

  private void checkAttributes(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (attribute.getName().equals("expressionLanguage")
          && !attribute.getValue().equalsIgnoreCase("feel")) {
        refuse(element, "表达式语言只能是 FEEL。");
      }
      boolean camunda = CAMUNDA.equals(attribute.getNamespaceURI());
      if (camunda
          && !Set.of("historyTimeToLive", "inputVariable", "versionTag")
              .contains(attribute.getLocalName())) {
        refuse(element, "不允许使用属性“" + attribute.getName() + "”。");
      }
    }
  }

  private static String text(Element element) {
    return Dom.children(element).stream()
        .filter(child -> child.getLocalName().equals("text"))
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private void require(Element element, Pattern allowed, String text, String rule) {
    if (!allowed.matcher(text).matches()) {
      refuse(element, rule + ",而不是“" + text.substring(0, Math.min(text.length(), 80)) + "”。");
    }
  }

  private void refuse(Element element, String message) {
    refusals.refuse(ProblemKind.TABLE, element, message);
  }
}
