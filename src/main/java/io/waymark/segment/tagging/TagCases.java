package io.waymark.segment.tagging;

import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagType;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Interest;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the rule text of a tag says. A flag's text may be one rule, which gives {@code true} or
 * {@code false}. Otherwise each case begins on a line of its own with its value and a colon; the
 * first whose rule holds decides, and the last may be for all others:
 *
 * <pre>
 * core: tag asset_total &gt;= 1000000
 *   and event login exists within 30 days
 * growth: tag asset_total &gt;= 100000
 * mass: 其余
 * </pre>
 *
 * <p>Where a rule above the one that would hold is unknown, the tag has no value.
 *
 * @param cases in the order they are tried; the last may be without a rule
 */
public record TagCases(List<TagCase> cases) {

  private static final int MOST = 20;
  private static final Pattern BEGIN =
      Pattern.compile("^\\s*(?:'([^']+)'|([^\\s'\"():：]+))\\s*[:：]\\s*(.*)$");
  private static final Set<String> REST = Set.of("其余", "otherwise");

  public TagCases {
    cases = List.copyOf(cases);
  }

  /**
   * Reads a text, which {@link #problem} finds nothing against.
   *
   * @throws IllegalArgumentException when the text begins without a value and is not a flag's
   */
  public static TagCases read(String text, TagType type) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("请填写计算规则。");
    }
    if (!BEGIN.matcher(lines.get(0)).matches()) {
      if (type != TagType.FLAG) {
        throw new IllegalArgumentException(
            "请按“值: 规则”每种取值写一行，例如“core: tag asset_total >= 1000000”。");
      }
      return new TagCases(List.of(new TagCase("true", text.strip()), new TagCase("false", null)));
    }
    List<TagCase> cases = new ArrayList<>();
    String value = "";
    StringBuilder rule = new StringBuilder();
    for (String line : lines) {
      Matcher begin = BEGIN.matcher(line);
      if (begin.matches()) {
        if (!rule.isEmpty()) {
          cases.add(one(value, rule.toString()));
        }
        value = Objects.requireNonNullElse(begin.group(1), begin.group(2));
        rule = new StringBuilder(begin.group(3)).append('\n');
      } else {
        rule.append(line).append('\n');
      }
    }
    cases.add(one(value, rule.toString()));
    return new TagCases(cases);
  }

  private static TagCase one(String value, String rule) {
    String text = rule.strip();
    return new TagCase(value, REST.contains(text.toLowerCase(Locale.ROOT)) ? null : text);
  }

  /** What is wrong with the rule text of a definition, as a Chinese sentence. */
  public static Optional<String> problem(TagDefinition definition) {
    TagCases cases;
    try {
      cases = read(Objects.requireNonNullElse(definition.rule(), ""), definition.type());
    } catch (IllegalArgumentException unreadable) {
      return Optional.of(String.valueOf(unreadable.getMessage()));
    }
    return cases.problemOf(definition);
  }

  private Optional<String> problemOf(TagDefinition definition) {
    Set<String> values = new HashSet<>();
    if (cases.size() > MOST) {
      return Optional.of("取值最多 %d 种，请合并。".formatted(MOST));
    }
    for (int i = 0; i < cases.size(); i++) {
      TagCase one = cases.get(i);
      if (!values.add(one.value())) {
        return Optional.of("取值“%s”写了两次，请合并为一条规则。".formatted(one.value()));
      }
      if (definition.read(one.value()).filter(one.value()::equals).isEmpty()) {
        return Optional.of("取值“%s”不符合标签的类型或可选值，请改正。".formatted(one.value()));
      }
      if (one.rule() == null) {
        if (i < cases.size() - 1 || cases.size() == 1) {
          return Optional.of("“其余”只能写在最后一行，且前面至少要有一条规则。");
        }
        continue;
      }
      Optional<String> problem = AudienceRules.problemAlone(one.rule());
      if (problem.isPresent()) {
        return Optional.of("取值“%s”的规则有误：%s".formatted(one.value(), problem.get()));
      }
    }
    return Optional.empty();
  }

  /** The rules, in order. */
  List<Rule> rules() {
    return cases.stream()
        .map(TagCase::rule)
        .filter(Objects::nonNull)
        .map(AudienceRules::parse)
        .toList();
  }

  /** Codes of the tags the rules read. */
  Set<String> tags() {
    return rules().stream()
        .flatMap(rule -> Interest.of(rule, AudienceRules::none, tag -> null).stream())
        .filter(interest -> interest.kind().equals("tag"))
        .map(Interest::name)
        .collect(Collectors.toSet());
  }

  /**
   * The value of row {@code c}; null for none. The first rule that is not plainly false decides.
   */
  Sql value(RuleSql translation) {
    Sql answer = Sql.sql("case ");
    for (TagCase one : cases) {
      if (one.rule() == null) {
        answer = answer.with(Sql.sql("else ?::text ", one.value()));
      } else {
        Sql truth = translation.truth(AudienceRules.parse(one.rule())).enclosed();
        answer =
            answer
                .with(Sql.sql("when "))
                .with(truth)
                .with(Sql.sql(" then ?::text when ", one.value()))
                .with(truth)
                .with(Sql.sql(" is null then null "));
      }
    }
    return answer.with(Sql.sql("end "));
  }
}
