package io.waymark.segment;

import io.waymark.segment.rule.EventCondition.Followed;
import io.waymark.segment.rule.EventCondition.Measured;
import io.waymark.segment.rule.EventCondition.NeverSince;
import io.waymark.segment.rule.EventCondition.Occurrence;
import io.waymark.segment.rule.EventCondition.Streak;
import io.waymark.segment.rule.EventCondition.Times;
import io.waymark.segment.rule.Happening;
import io.waymark.segment.rule.HistoryCondition.HoldsProduct;
import io.waymark.segment.rule.HistoryCondition.HoldsType;
import io.waymark.segment.rule.PersonCondition;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.Span;
import io.waymark.segment.rule.TagCondition;
import io.waymark.segment.rule.Window;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a rule as a person would. */
final class RuleTexts {

  private RuleTexts() {}

  static String write(Rule rule) {
    if (rule instanceof Rule.All all) {
      return group(" and ", all.parts());
    }
    if (rule instanceof Rule.Any any) {
      return group("\n or ", any.parts());
    }
    if (rule instanceof Rule.Not not) {
      return "not (" + write(not.part()) + ")";
    }
    if (rule instanceof Rule.IsUnknown unknown) {
      return "(" + write(unknown.part()) + ") is unknown";
    }
    if (rule instanceof Rule.InAudience other) {
      return "in audience '" + other.code() + "'";
    }
    if (rule instanceof TagCondition tag) {
      return tag(tag);
    }
    if (rule instanceof PersonCondition person) {
      return person(person);
    }
    if (rule instanceof HoldsProduct holds) {
      return "holds product '" + holds.product() + "'";
    }
    if (rule instanceof HoldsType holds) {
      return "holds product_type " + holds.type();
    }
    return event(rule);
  }

  private static String tag(TagCondition condition) {
    if (condition instanceof TagCondition.Number tag) {
      return "tag %s %s %s"
          .formatted(tag.tag(), tag.comparison().symbol(), tag.bound().toPlainString());
    }
    if (condition instanceof TagCondition.Between tag) {
      return "tag %s between %s to %s"
          .formatted(tag.tag(), tag.least().toPlainString(), tag.most().toPlainString());
    }
    if (condition instanceof TagCondition.Text tag) {
      return tag.values().size() == 1
          ? "tag %s %s %s"
              .formatted(tag.tag(), tag.among() ? "=" : "!=", quoted(tag.values().get(0)))
          : "tag %s %s %s"
              .formatted(tag.tag(), tag.among() ? "in" : "not in", quoted(tag.values()));
    }
    if (condition instanceof TagCondition.ValueAge tag) {
      return "tag %s age %s %s".formatted(tag.tag(), tag.comparison().symbol(), span(tag.span()));
    }
    return "has tag " + condition.tag();
  }

  private static String person(PersonCondition condition) {
    if (condition instanceof PersonCondition.ConsentGiven consent) {
      return "consent %s on %s".formatted(consent.purpose().code(), consent.channel().code());
    }
    if (condition instanceof PersonCondition.RiskLevel risk) {
      return "risk %s %s".formatted(risk.comparison().symbol(), risk.bound());
    }
    if (condition instanceof PersonCondition.AssessmentValid) {
      return "assessment valid";
    }
    if (condition instanceof PersonCondition.Age age) {
      return "age %s %d".formatted(age.comparison().symbol(), age.years());
    }
    if (condition instanceof PersonCondition.BranchIn branch) {
      return branch.among()
          ? "branch in " + quoted(branch.branches())
          : "branch != '" + branch.branches().get(0) + "'";
    }
    if (condition instanceof PersonCondition.AdvisorIn advisor) {
      return "advisor %s %s"
          .formatted(advisor.among() ? "=" : "!=", quoted(advisor.advisors().get(0)));
    }
    if (condition instanceof PersonCondition.ClassIs of) {
      return "class %s %s"
          .formatted(of.among() ? "=" : "!=", of.value().name().toLowerCase(Locale.ROOT));
    }
    if (condition instanceof PersonCondition.StatusIs of) {
      return "status "
          + (of.among() ? "= " : "!= ")
          + of.value().name().toLowerCase(java.util.Locale.ROOT);
    }
    return "fits product " + quoted(((PersonCondition.Fits) condition).product());
  }

  private static String event(Rule rule) {
    if (rule instanceof Times times) {
      return "event %s count %s %d%s"
          .formatted(
              happening(times.event()),
              times.comparison().symbol(),
              times.bound(),
              window(times.window()));
    }
    if (rule instanceof Measured measured) {
      return "event %s %s %s %s %s%s"
          .formatted(
              happening(measured.event()),
              measured.measure().code(),
              measured.property(),
              measured.comparison().symbol(),
              measured.bound().toPlainString(),
              window(measured.window()));
    }
    if (rule instanceof Occurrence occurrence) {
      return "event %s %s%s"
          .formatted(
              happening(occurrence.event()),
              occurrence.first() ? "first" : "last",
              window(occurrence.window()));
    }
    if (rule instanceof Followed followed) {
      return "event %s then event %s within %s%s%s"
          .formatted(
              happening(followed.event()),
              happening(followed.then()),
              span(followed.within()),
              followed.without() == null ? "" : " without event " + happening(followed.without()),
              window(followed.window()).replaceFirst("within", "over"));
    }
    if (rule instanceof Streak streak) {
      return "event %s on %d consecutive %s%s"
          .formatted(
              happening(streak.event()),
              streak.days(),
              streak.trading() ? "trading days" : "days",
              window(streak.window()).replaceFirst("within", "over"));
    }
    NeverSince never = (NeverSince) rule;
    return "never event %s since event %s"
        .formatted(happening(never.event()), happening(never.since()));
  }

  private static String happening(Happening what) {
    return quoted(what.type())
        + (what.where().isEmpty()
            ? ""
            : what.where().stream()
                .map(RuleTexts::test)
                .collect(Collectors.joining(" and ", " where (", ")")));
  }

  private static String test(Happening.Test test) {
    if (test instanceof Happening.NumberTest number) {
      return "%s %s %s"
          .formatted(
              number.property(), number.comparison().symbol(), number.bound().toPlainString());
    }
    Happening.TextTest text = (Happening.TextTest) test;
    return text.among()
        ? text.property() + " in " + quoted(text.values())
        : text.property() + " != " + quoted(text.values().get(0));
  }

  private static String window(Window window) {
    if (window instanceof Window.Last last) {
      return " within " + span(last.span());
    }
    if (window instanceof Window.LastTradingDays trading) {
      return " within " + trading.days() + " trading days";
    }
    if (window instanceof Window.Period period) {
      return " within " + period.name().code();
    }
    if (window instanceof Window.Dates dates) {
      return dates.last() == null
          ? " since " + dates.first()
          : " within between " + dates.first() + " and " + dates.last();
    }
    return "";
  }

  private static String span(Span span) {
    return span.count() + " " + span.unit().code();
  }

  private static String group(String joint, List<Rule> parts) {
    return parts.stream().map(RuleTexts::write).collect(Collectors.joining(joint, "(", ")"));
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String quoted(List<String> values) {
    return values.stream().map(RuleTexts::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
