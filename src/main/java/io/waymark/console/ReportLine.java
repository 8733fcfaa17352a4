package io.waymark.console;

import io.waymark.journey.NodeReports.NodeReport;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One node in the table under the drawing, for those who read numbers or use the keyboard.
 *
 * @param name as drawn; the id when the node has none
 * @param report null when nobody came to it in this version
 * @param other of the version compared with; null when there is none or nobody came
 * @param reached share of all who entered that came here, in percent; null without anybody
 */
public record ReportLine(
    String node,
    String name,
    @Nullable NodeReport report,
    @Nullable NodeReport other,
    @Nullable Long reached) {

  private static final Set<String> QUIET =
      Set.of("sequenceFlow", "process", "definitions", "message", "error", "textAnnotation");

  /** Nodes in the order of the drawing, those that somebody came to. */
  static List<ReportLine> of(byte[] drawing, List<NodeReport> reports, List<NodeReport> others) {
    Map<String, NodeReport> here = byNode(reports);
    Map<String, NodeReport> there = byNode(others);
    Map<String, String> names = names(drawing);
    Set<String> nodes = new HashSet<>(here.keySet());
    nodes.addAll(there.keySet());
    long everybody = reports.stream().mapToLong(NodeReport::entered).max().orElse(0);
    List<ReportLine> lines = new ArrayList<>();
    List<String> ordered = new ArrayList<>(names.keySet());
    nodes.stream().filter(node -> !names.containsKey(node)).sorted().forEach(ordered::add);
    for (String node : ordered) {
      if (nodes.contains(node)) {
        NodeReport report = here.get(node);
        lines.add(
            new ReportLine(
                node,
                names.getOrDefault(node, node),
                report,
                there.get(node),
                report == null || everybody == 0 ? null : report.entered() * 100 / everybody));
      }
    }
    return lines;
  }

  private static Map<String, NodeReport> byNode(List<NodeReport> reports) {
    return reports.stream()
        .collect(
            Collectors.toMap(
                NodeReport::node, Function.identity(), (first, second) -> first, HashMap::new));
  }

  private static Map<String, String> names(byte[] drawing) {
    Map<String, String> names = new LinkedHashMap<>();
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(drawing));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && !QUIET.contains(reader.getLocalName())) {
          String id = reader.getAttributeValue(null, "id");
          String name = reader.getAttributeValue(null, "name");
          if (id != null) {
            names.putIfAbsent(id, name == null || name.isBlank() ? id : name.replace('\n', ' '));
          }
        }
      }
    } catch (XMLStreamException unreadable) {
      // A deployed drawing was read by the engine before; the ids stand for themselves.
      return names;
    }
    return names;
  }

  /** Time spent, in the largest unit that says it shortly; empty when nobody has stayed. */
  public static String time(@Nullable Long seconds) {
    if (seconds == null) {
      return "—";
    }
    if (seconds < 60) {
      return seconds + " 秒";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " 分钟";
    }
    return seconds < 86_400
        ? String.format(Locale.ROOT, "%.1f 小时", seconds / 3_600.0)
        : String.format(Locale.ROOT, "%.1f 天", seconds / 86_400.0);
  }

  /** Share of those who came that did not go on from here, in percent; null without a report. */
  public @Nullable Long droppedShare() {
    return report == null || report.entered() == 0
        ? null
        : report.dropped() * 100 / report.entered();
  }

  /** Half of those who left stayed no longer. */
  public String median() {
    return time(report == null ? null : report.medianSeconds());
  }

  /** Nine in ten of those who left stayed no longer. */
  public String ninetieth() {
    return time(report == null ? null : report.ninetiethSeconds());
  }
}
