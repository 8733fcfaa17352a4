package io.waymark.engine.check.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which variables are surely written when somebody comes to a node: what every way there has
 * written, the greatest fixed point over the lines of the drawing.
 */
public final class Variables {

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_]\\w*\\b(?!\\s*\\()");
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "not",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "empty",
          "true",
          "false",
          "null",
          "div",
          "mod",
          "instanceof");

  private final Drawing drawing;
  private final Map<String, Set<String>> known = new HashMap<>();

  /** Follows every way of a drawing. */
  public Variables(Drawing drawing) {
    this.drawing = drawing;
    Set<String> everything =
        drawing.nodes().stream()
            .flatMap(node -> written(node).stream())
            .collect(Collectors.toSet());
    drawing.nodes().forEach(node -> known.put(node.id(), everything));
    drawing.nodes().stream()
        .filter(drawing::begins)
        .forEach(node -> known.put(node.id(), Set.of()));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Node node : drawing.nodes()) {
        Set<String> after = new HashSet<>(before(node));
        after.addAll(written(node));
        Set<Node> beside = Set.copyOf(drawing.boundaries(node));
        for (Node next : drawing.next(node).toList()) {
          changed |= narrow(next, beside.contains(next) ? before(node) : after);
        }
      }
    }
  }

  private boolean narrow(Node node, Collection<String> to) {
    Set<String> narrower = new HashSet<>(before(node));
    boolean changed = narrower.retainAll(to);
    known.put(node.id(), narrower);
    return changed;
  }

  /** What is surely written when somebody comes to the node. */
  public Set<String> before(Node node) {
    return Objects.requireNonNull(known.get(node.id()));
  }

  /** The names a condition reads. */
  public static Set<String> read(String condition) {
    Matcher word = WORD.matcher(QUOTED.matcher(condition).replaceAll("''"));
    return word.results()
        .map(found -> found.group())
        .filter(name -> !KEYWORDS.contains(name))
        .collect(Collectors.toSet());
  }

  private Collection<String> written(Node node) {
    return switch (node.kind()) {
      case "serviceTask" -> byStep(node);
      case "userTask" -> Set.of("outcome");
      case "businessRuleTask" ->
          Stream.of(node.camunda("resultVariable")).filter(name -> !name.isEmpty()).toList();
      case "boundaryEvent" ->
          node.has("errorEventDefinition") ? Set.of("verdictReason") : List.of();
      case "intermediateCatchEvent", "receiveTask" ->
          drawing.awaits(node).equals("message.settled") ? Set.of("messageOutcome") : List.of();
      default -> List.of();
    };
  }

  private static Collection<String> byStep(Node step) {
    return switch (step.step()) {
      case "checkAudience" -> Set.of("inAudience");
      case "checkCompliance" -> Set.of("verdict", "verdictReason");
      case "sendMessage" -> Set.of("lastMessage");
      case "assignVariant" -> Set.of("variant");
      case "recommendProduct" -> Set.of("product");
      case "reachGoal" -> Set.of("goal");
      case "loadFacts" -> step.settings("facts");
      default -> List.of();
    };
  }
}
