package io.waymark.segment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the text of a rule from the forms of a builder. What a person left out or mistyped is
 * written as it is: reading the text says what is wrong, and {@link Written#at} where.
 */
final class RuleWriting {

  private final StringBuilder text = new StringBuilder();
  private final List<Written.Place> places = new ArrayList<>();

  private RuleWriting() {}

  static Written of(RuleNode root) {
    var writing = new RuleWriting();
    writing.node(root, "", true);
    return new Written(writing.text.toString(), writing.places);
  }

  private void node(RuleNode node, String path, boolean outermost) {
    int from = text.length();
    switch (node.kind()) {
      case "all", "any" -> group(node, path, outermost);
      case "not" -> {
        text.append("not ");
        group(node, path, false);
      }
      case "unknown" -> {
        group(node, path, false);
        text.append(" is unknown");
      }
      case "text" -> text.append('(').append(node.field("text")).append(')');
      default -> text.append(condition(node));
    }
    places.add(new Written.Place(path, from, text.length()));
  }

  private void group(RuleNode node, String path, boolean outermost) {
    boolean lines = outermost && node.parts().size() > 1;
    String joint = (lines ? "\n" : " ") + (node.kind().equals("any") ? "or " : "and ");
    text.append(outermost ? "" : "(");
    for (int i = 0; i < node.parts().size(); i++) {
      text.append(i == 0 ? "" : joint);
      node(node.parts().get(i), path.isEmpty() ? "" + i : path + "." + i, false);
    }
    text.append(outermost ? "" : ")");
  }

  private static String condition(RuleNode node) {
    return switch (node.kind()) {
      case "tag_number" -> "tag " + name(node, "tag") + compared(node, "number");
      case "tag_between" ->
          "tag %s between %s to %s"
              .formatted(name(node, "tag"), node.field("least"), node.field("most"));
      case "tag_text" -> "tag " + name(node, "tag") + " " + among(node);
      case "tag_age" ->
          "tag " + name(node, "tag") + " age" + compared(node, "count") + " " + node.field("unit");
      case "tag_known" -> "has tag " + name(node, "tag");
      case "audience" -> "in audience " + name(node, "audience");
      case "age" -> "age" + compared(node, "count");
      case "branch", "advisor" -> node.kind() + " " + among(node);
      case "class", "status" ->
          node.kind() + " " + node.field("equal") + " " + name(node, node.kind());
      case "consent" -> "consent " + name(node, "purpose") + " on " + name(node, "channel");
      case "risk" -> "risk " + node.field("sign") + " " + name(node, "level");
      case "assessment" -> "assessment valid";
      case "fits" -> "fits product " + name(node, "product");
      case "holds_product" -> "holds product " + name(node, "product");
      case "holds_type" -> "holds product_type " + name(node, "type");
      case "journey" ->
          "journey " + name(node, "journey") + " " + node.field("step") + window(node, "within");
      case "received" -> "received template " + name(node, "template") + window(node, "within");
      default -> event(node);
    };
  }

  private static String event(RuleNode node) {
    String event = "event " + happening(node, "");
    return switch (node.kind()) {
      case "event_exists" -> event + " exists" + window(node, "within");
      case "event_never" -> "never " + event + window(node, "within");
      case "event_count" -> event + " count" + compared(node, "count") + window(node, "within");
      case "event_measured" ->
          "%s %s %s%s%s"
              .formatted(
                  event,
                  node.field("measure"),
                  name(node, "property"),
                  compared(node, "number"),
                  window(node, "within"));
      case "event_occurrence" -> event + " " + node.field("which") + window(node, "within");
      case "event_streak" ->
          "%s on %s consecutive %s%s"
              .formatted(event, node.field("count"), node.field("days"), window(node, "over"));
      case "event_followed" ->
          "%s then event %s within %s %s%s%s"
              .formatted(
                  event,
                  happening(node, "2"),
                  node.field("count"),
                  node.field("unit"),
                  node.field("event3").isEmpty() ? "" : " without event " + happening(node, "3"),
                  window(node, "over"));
      case "event_never_since" -> "never " + event + " since event " + happening(node, "2");
      default -> throw new AudienceRefusedException("没有“" + node.kind() + "”这种条件，请刷新页面后重试。");
    };
  }

  private static String happening(RuleNode node, String suffix) {
    String where = node.field("where" + suffix);
    return name(node, "event" + suffix) + (where.isEmpty() ? "" : " where (" + where + ")");
  }

  private static String compared(RuleNode node, String field) {
    return " " + node.field("sign") + " " + node.field(field);
  }

  private static String window(RuleNode node, String word) {
    String window = node.field("window");
    return switch (window) {
      case "" -> "";
      case "minutes", "hours", "days", "trading days" ->
          " " + word + " " + node.field("length") + " " + window;
      case "dates" -> dates(node, word);
      default -> " " + word + " " + window;
    };
  }

  private static String dates(RuleNode node, String word) {
    String from = node.field("from");
    String to = node.field("to");
    if (!from.isEmpty() && !to.isEmpty() || from.isEmpty() && to.isEmpty()) {
      return " " + word + " between " + from + " and " + to;
    }
    return from.isEmpty() ? " until " + to : " since " + from;
  }

  private static String among(RuleNode node) {
    List<String> values =
        Arrays.stream(node.field("values").split("[,，]")).map(String::strip).toList();
    return among(!node.field("among").equals("not in"), values);
  }

  static String among(boolean among, List<String> values) {
    if (values.size() == 1) {
      return (among ? "= " : "!= ") + quoted(values.get(0));
    }
    return (among ? "in " : "not in ")
        + values.stream().map(RuleWriting::quoted).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The tests of an event's properties, as they stand between the parentheses. */
  static String tests(Happening event) {
    return event.where().stream().map(RuleWriting::test).collect(Collectors.joining(" and "));
  }

  private static String test(Happening.Test test) {
    if (test instanceof Happening.NumberTest number) {
      return "%s %s %s"
          .formatted(
              name(number.property()),
              number.comparison().symbol(),
              number.bound().toPlainString());
    }
    Happening.TextTest text = (Happening.TextTest) test;
    return name(text.property()) + " " + among(text.among(), text.values());
  }

  private static String name(RuleNode node, String field) {
    return name(node.field(field));
  }

  static String name(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? name : quoted(name);
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
