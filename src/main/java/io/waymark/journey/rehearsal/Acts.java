package io.waymark.journey.rehearsal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Acts as lines of text, one each: {@code step}, {@code pass P3D}, {@code trading-day}, {@code
 * event fund.bought product=X}, {@code answer no_time}, {@code fails}, {@code no-receipt}. A person
 * can read and keep them.
 */
public final class Acts {

  private static final int MOST = 200;
  private static final Duration LONGEST = Duration.ofDays(400);

  private Acts() {}

  /**
   * Reads acts; blank lines are left out.
   *
   * @throws RehearsalRefusedException naming the line that cannot be read
   */
  public static List<Act> read(String text) {
    List<Act> acts = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        acts.add(act(line.strip(), number));
      }
    }
    if (acts.size() > MOST) {
      throw new RehearsalRefusedException("一次预演最多 %d 步，请分成几次。".formatted(MOST));
    }
    return acts;
  }

  private static Act act(String line, int number) {
    String[] words = line.split("\\s+");
    return switch (words[0]) {
      case "step" -> new Act.Step();
      case "trading-day" -> new Act.NextTradingDay();
      case "fails" -> new Act.DeliveryFails();
      case "no-receipt" -> new Act.NoReceipt();
      case "pass" -> new Act.Pass(duration(words, number));
      case "answer" -> new Act.Answered(word(words, number));
      case "event" -> new Act.Happens(word(words, number), properties(words, number));
      default -> throw unreadable(number);
    };
  }

  private static Duration duration(String[] words, int number) {
    try {
      Duration time = Duration.parse(word(words, number));
      if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
        throw new RehearsalRefusedException("第 %d 行的时长须大于零且不超过 400 天。".formatted(number));
      }
      return time;
    } catch (DateTimeParseException unreadable) {
      throw unreadable(number);
    }
  }

  private static String word(String[] words, int number) {
    if (words.length < 2) {
      throw unreadable(number);
    }
    return words[1];
  }

  private static Map<String, String> properties(String[] words, int number) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw unreadable(number);
      }
      properties.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return properties;
  }

  private static RehearsalRefusedException unreadable(int number) {
    return new RehearsalRefusedException(
        "第 %d 行看不懂，请写成 step、pass P3D、trading-day、event 事件代码 属性=值、answer 结果、fails 或 no-receipt。"
            .formatted(number));
  }

  /** Writes acts as {@link #read} reads them. */
  public static String write(List<Act> acts) {
    StringJoiner lines = new StringJoiner("\n");
    acts.forEach(act -> lines.add(line(act)));
    return lines.toString();
  }

  private static String line(Act act) {
    if (act instanceof Act.Pass pass) {
      return "pass " + pass.time();
    }
    if (act instanceof Act.Answered answered) {
      return "answer " + answered.outcome();
    }
    if (act instanceof Act.Happens happens) {
      StringBuilder line = new StringBuilder("event ").append(happens.type());
      happens
          .properties()
          .forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
      return line.toString();
    }
    if (act instanceof Act.NextTradingDay) {
      return "trading-day";
    }
    if (act instanceof Act.DeliveryFails) {
      return "fails";
    }
    return act instanceof Act.NoReceipt ? "no-receipt" : "step";
  }
}
