package io.waymark.engine.check.rule;

import io.waymark.engine.sandbox.Dom;
import io.waymark.engine.sandbox.SafeXml;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A decision table as far as a drawing depends on it.
 *
 * @param inputs variables it reads
 * @param answers what it can answer, without quotes
 * @param outputs how many columns answer
 * @param hitPolicy as written; empty for the usual one, exactly one row
 * @param complete whether some row has no condition, so that there is always an answer
 */
public record Table(
    Set<String> inputs, Set<String> answers, int outputs, String hitPolicy, boolean complete) {

  /** The decisions of one file by their id; none when it cannot be read. */
  public static Map<String, Table> read(byte[] bytes) {
    Element root;
    try {
      root = SafeXml.parse(bytes).getDocumentElement();
    } catch (SAXException unreadable) {
      return Map.of();
    }
    Map<String, Table> tables = new HashMap<>();
    for (Element decision : Dom.descendants(root, "*", "decision")) {
      Dom.children(decision).stream()
          .filter(child -> child.getLocalName().equals("decisionTable"))
          .forEach(table -> tables.put(decision.getAttribute("id"), of(table)));
    }
    return tables;
  }

  private static Table of(Element table) {
    return new Table(
        texts(table, "inputExpression"),
        texts(table, "outputEntry").stream()
            .map(text -> text.replace("\"", ""))
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        (int)
            Dom.children(table).stream()
                .filter(child -> child.getLocalName().equals("output"))
                .count(),
        table.getAttribute("hitPolicy"),
        Dom.descendants(table, "*", "rule").stream().anyMatch(Table::matchesAlways));
  }

  private static boolean matchesAlways(Element rule) {
    return texts(rule, "inputEntry").stream().allMatch(text -> text.isEmpty() || text.equals("-"));
  }

  private static Set<String> texts(Element root, String name) {
    List<Element> found = Dom.descendants(root, "*", name);
    return found.stream()
        .map(entry -> entry.getTextContent().strip())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
