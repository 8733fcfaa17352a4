package io.waymark.console;

import io.waymark.customer.RiskTolerance;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.Person;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One customer's rehearsal as it stands on the page: nothing of it is kept elsewhere, each step
 * plays it again from the beginning.
 *
 * @param script {@code v12} for a version, {@code d5.3} for a drawing and its revision
 * @param customer ref or identity of a real customer; empty for an invented one
 * @param level code such as C3; empty for never assessed
 * @param agrees all, service or none
 * @param tags lines {@code tag=value}
 * @param from when it begins, as an instant; empty until the first step
 * @param acts what was done so far, a line each
 * @param act what is to be done now: a line, {@code event}, {@code undo} or {@code restart}
 * @param name of the test it is kept as
 * @param expectations lines {@code KIND value}
 */
public record WalkForm(
    String script,
    String customer,
    String branch,
    int age,
    String level,
    Boolean expired,
    String agrees,
    Boolean sms,
    Boolean email,
    String tags,
    String from,
    String acts,
    String act,
    String eventType,
    String eventProperties,
    String name,
    String expectations) {

  public WalkForm {
    script = text(script);
    customer = text(customer);
    branch = text(branch);
    level = text(level);
    // A box that is not ticked is not sent.
    expired = Objects.requireNonNullElse(expired, false);
    sms = Objects.requireNonNullElse(sms, false);
    email = Objects.requireNonNullElse(email, false);
    agrees = text(agrees);
    tags = text(tags);
    from = text(from);
    acts = text(acts);
    act = text(act);
    eventType = text(eventType);
    eventProperties = text(eventProperties);
    name = text(name);
    expectations = text(expectations);
  }

  private static String text(String given) {
    return Objects.requireNonNullElse(given, "").strip();
  }

  static WalkForm blank(String script, String branch) {
    return new WalkForm(
        script, "", branch, 40, "C3", false, "all", true, true, "", "", "", "", "", "", "", "");
  }

  /** The acts with the one to be done now. */
  List<String> actsNow() {
    List<String> lines = new ArrayList<>(acts.lines().filter(line -> !line.isBlank()).toList());
    switch (act) {
      case "", "begin" -> {
        return lines;
      }
      case "restart" -> lines.clear();
      case "undo" -> {
        if (!lines.isEmpty()) {
          lines.remove(lines.size() - 1);
        }
      }
      case "event" -> lines.add(("event " + eventType + " " + eventProperties).strip());
      default -> lines.add(act);
    }
    return lines;
  }

  Person invented() {
    return new Person(
        null,
        branch,
        Math.max(0, Math.min(age, 120)),
        level.isEmpty() ? null : RiskTolerance.valueOf(level),
        expired,
        purposes(),
        channels(),
        tagValues());
  }

  private Set<Purpose> purposes() {
    return switch (agrees) {
      case "all" -> EnumSet.allOf(Purpose.class);
      case "service" -> EnumSet.of(Purpose.SERVICE);
      default -> EnumSet.noneOf(Purpose.class);
    };
  }

  private Set<Channel> channels() {
    return Stream.of(Channel.values())
        .filter(channel -> channel != Channel.SMS || sms)
        .filter(channel -> channel != Channel.EMAIL || email)
        .collect(Collectors.toSet());
  }

  private Map<String, String> tagValues() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : tags.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new RehearsalRefusedException("标签“%s”请写成 标签=值，一行一个。".formatted(line));
      }
      values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return values;
  }

  List<Expectation> expected() {
    return expectations
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(WalkForm::expectation)
        .toList();
  }

  private static Expectation expectation(String line) {
    String[] words = line.split("\\s+", 2);
    return Stream.of(Expectation.Kind.values())
        .filter(kind -> words.length == 2)
        .filter(kind -> kind.name().equals(words[0]) || kind.words().equals(words[0]))
        .findFirst()
        .map(kind -> new Expectation(kind, words[1].strip()))
        .orElseThrow(
            () ->
                new RehearsalRefusedException(
                    "预期“%s”看不懂，请写成 %s 加空格和代码。"
                        .formatted(
                            line,
                            Stream.of(Expectation.Kind.values())
                                .map(Expectation.Kind::words)
                                .collect(Collectors.joining("、")))));
  }
}
