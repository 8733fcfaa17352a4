package io.waymark.segment.rule;

import io.waymark.segment.rule.EventCondition.Followed;
import io.waymark.segment.rule.EventCondition.Measured;
import io.waymark.segment.rule.EventCondition.NeverSince;
import io.waymark.segment.rule.EventCondition.Occurrence;
import io.waymark.segment.rule.EventCondition.Streak;
import io.waymark.segment.rule.EventCondition.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a rule as the forms of a builder. Every rule can be drawn. */
final class RuleDrawing {

  private RuleDrawing() {}

  static RuleNode of(Rule rule) {
    if (rule instanceof Rule.All all) {
      return RuleNode.group("all", parts(all));
    }
    if (rule instanceof Rule.Any any) {
      return RuleNode.group("any", parts(any));
    }
    if (rule instanceof Rule.Not not) {
      return RuleNode.group("not", parts(not));
    }
    if (rule instanceof Rule.IsUnknown unknown) {
      return RuleNode.group("unknown", parts(unknown));
    }
    if (rule instanceof Rule.InAudience other) {
      return form("audience", "audience", other.code());
    }
    if (rule instanceof TagCondition tag) {
      return tag(tag);
    }
    if (rule instanceof EventCondition event) {
      return event(event);
    }
    if (rule instanceof PersonCondition person) {
      return person(person);
    }
    return history((HistoryCondition) rule);
  }

  private static List<RuleNode> parts(Rule rule) {
    return rule.inner().stream().map(RuleDrawing::of).toList();
  }

  private static RuleNode form(String kind, String... fields) {
    Map<String, String> filled = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      filled.put(fields[i], fields[i + 1]);
    }
    return RuleNode.condition(kind, filled);
  }

  private static RuleNode with(RuleNode node, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>(node.fields());
    fields.putAll(more);
    return RuleNode.condition(node.kind(), fields);
  }

  private static RuleNode tag(TagCondition condition) {
    String tag = condition.tag();
    if (condition instanceof TagCondition.Number number) {
      return form(
          "tag_number",
          "tag",
          tag,
          "sign",
          number.comparison().symbol(),
          "number",
          number.bound().toPlainString());
    }
    if (condition instanceof TagCondition.Between between) {
      return form(
          "tag_between",
          "tag",
          tag,
          "least",
          between.least().toPlainString(),
          "most",
          between.most().toPlainString());
    }
    if (condition instanceof TagCondition.Text text) {
      return listed(
          form("tag_text", "tag", tag),
          text.among(),
          text.values(),
          "tag " + RuleWriting.name(tag) + " " + RuleWriting.among(text.among(), text.values()));
    }
    if (condition instanceof TagCondition.ValueAge age) {
      return form(
          "tag_age",
          "tag",
          tag,
          "sign",
          age.comparison().symbol(),
          "count",
          String.valueOf(age.span().count()),
          "unit",
          age.span().unit().code());
    }
    return form("tag_known", "tag", tag);
  }

  /** Values that hold a comma or begin with a space would not come back from between commas. */
  private static RuleNode listed(RuleNode base, boolean among, List<String> values, String text) {
    boolean fits =
        values.stream().allMatch(one -> !one.matches(".*[,，].*") && one.equals(one.strip()));
    return fits
        ? with(base, Map.of("among", among ? "in" : "not in", "values", String.join(",", values)))
        : form("text", "text", text);
  }

  private static RuleNode event(EventCondition condition) {
    if (condition instanceof Times times) {
      Map<String, String> window = window(times.window());
      if (times.comparison() == Comparison.AT_LEAST && times.bound() == 1) {
        return with(happening("event_exists", times.event()), window);
      }
      if (times.comparison() == Comparison.EQUAL && times.bound() == 0) {
        return with(happening("event_never", times.event()), window);
      }
      RuleNode counted = with(happening("event_count", times.event()), window);
      return with(
          counted,
          Map.of("sign", times.comparison().symbol(), "count", String.valueOf(times.bound())));
    }
    if (condition instanceof Measured measured) {
      RuleNode node =
          with(happening("event_measured", measured.event()), window(measured.window()));
      return with(
          node,
          Map.of(
              "measure",
              measured.measure().code(),
              "property",
              measured.property(),
              "sign",
              measured.comparison().symbol(),
              "number",
              measured.bound().toPlainString()));
    }
    if (condition instanceof Occurrence occurrence) {
      RuleNode node =
          with(happening("event_occurrence", occurrence.event()), window(occurrence.window()));
      return with(node, Map.of("which", occurrence.first() ? "first" : "last"));
    }
    if (condition instanceof Streak streak) {
      RuleNode node = with(happening("event_streak", streak.event()), window(streak.window()));
      return with(
          node,
          Map.of(
              "count",
              String.valueOf(streak.days()),
              "days",
              streak.trading() ? "trading days" : "days"));
    }
    return sequence(condition);
  }

  private static RuleNode sequence(EventCondition condition) {
    if (condition instanceof Followed followed) {
      Map<String, String> fields = new LinkedHashMap<>(window(followed.window()));
      happeningInto(fields, "2", followed.then());
      if (followed.without() != null) {
        happeningInto(fields, "3", followed.without());
      }
      fields.put("count", String.valueOf(followed.within().count()));
      fields.put("unit", followed.within().unit().code());
      return with(happening("event_followed", followed.event()), fields);
    }
    NeverSince never = (NeverSince) condition;
    RuleNode node = happening("event_never_since", never.event());
    Map<String, String> since = new LinkedHashMap<>();
    happeningInto(since, "2", never.since());
    return with(node, since);
  }

  private static RuleNode happening(String kind, Happening event) {
    Map<String, String> fields = new LinkedHashMap<>();
    happeningInto(fields, "", event);
    return RuleNode.condition(kind, fields);
  }

  private static void happeningInto(Map<String, String> fields, String suffix, Happening event) {
    fields.put("event" + suffix, event.type());
    fields.put("where" + suffix, RuleWriting.tests(event));
  }

  private static Map<String, String> window(Window window) {
    if (window instanceof Window.Last last) {
      return Map.of("window", last.span().unit().code(), "length", "" + last.span().count());
    }
    if (window instanceof Window.LastTradingDays trading) {
      return Map.of("window", "trading days", "length", "" + trading.days());
    }
    if (window instanceof Window.Period period) {
      return Map.of("window", period.name().code());
    }
    if (window instanceof Window.Dates dates) {
      return Map.of(
          "window",
          "dates",
          "from",
          dates.first() == null ? "" : dates.first().toString(),
          "to",
          dates.last() == null ? "" : dates.last().toString());
    }
    return Map.of("window", "");
  }

  private static RuleNode person(PersonCondition condition) {
    if (condition instanceof PersonCondition.Age age) {
      return form("age", "sign", age.comparison().symbol(), "count", "" + age.years());
    }
    if (condition instanceof PersonCondition.BranchIn branch) {
      String text = "branch " + RuleWriting.among(branch.among(), branch.branches());
      return listed(form("branch"), branch.among(), branch.branches(), text);
    }
    if (condition instanceof PersonCondition.AdvisorIn advisor) {
      String text = "advisor " + RuleWriting.among(advisor.among(), advisor.advisors());
      return listed(form("advisor"), advisor.among(), advisor.advisors(), text);
    }
    if (condition instanceof PersonCondition.ClassIs of) {
      return form("class", "equal", equal(of.among()), "class", lower(of.value()));
    }
    if (condition instanceof PersonCondition.StatusIs is) {
      return form("status", "equal", equal(is.among()), "status", lower(is.value()));
    }
    if (condition instanceof PersonCondition.ConsentGiven consent) {
      return form(
          "consent", "purpose", consent.purpose().code(), "channel", consent.channel().code());
    }
    if (condition instanceof PersonCondition.RiskLevel risk) {
      return form("risk", "sign", risk.comparison().symbol(), "level", risk.bound().name());
    }
    if (condition instanceof PersonCondition.Fits fits) {
      return form("fits", "product", fits.product());
    }
    return form("assessment");
  }

  private static RuleNode history(HistoryCondition condition) {
    if (condition instanceof HistoryCondition.HoldsProduct holds) {
      return form("holds_product", "product", holds.product());
    }
    if (condition instanceof HistoryCondition.HoldsType holds) {
      return form("holds_type", "type", holds.type());
    }
    if (condition instanceof HistoryCondition.Journey journey) {
      return with(
          form("journey", "journey", journey.journey(), "step", journey.step().code()),
          window(journey.window()));
    }
    HistoryCondition.Received received = (HistoryCondition.Received) condition;
    return with(form("received", "template", received.template()), window(received.window()));
  }

  private static String equal(boolean among) {
    return among ? "=" : "!=";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
