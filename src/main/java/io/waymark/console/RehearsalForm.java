package io.waymark.console;

import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Assumptions.Happening;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.RehearsalWish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rehearsal of an audience as it was typed.
 *
 * @param other a second version to compare with, or null
 * @param arrives share of messages that arrive, in percent
 * @param answered share of tasks that are answered, in percent
 * @param events lines such as {@code holding.reviewed 30% 24-120}, hours after entering
 * @param outcomes lines such as {@code no_time 3}, relative weights
 */
public record RehearsalForm(
    @Nullable Long version,
    @Nullable Long other,
    String audience,
    int days,
    int most,
    int arrives,
    int answered,
    int answerHours,
    int seed,
    String events,
    String outcomes) {

  private static final Pattern EVENT =
      Pattern.compile("([a-z][a-z0-9_.]*)\\s+(\\d{1,3})%\\s+(\\d{1,4})-(\\d{1,4})");
  private static final Pattern OUTCOME = Pattern.compile("([a-z][a-z0-9_]*)\\s+(\\d{1,4})");

  public RehearsalForm {
    audience = Objects.requireNonNullElse(audience, "");
    events = Objects.requireNonNullElse(events, "").strip();
    outcomes = Objects.requireNonNullElse(outcomes, "").strip();
  }

  static RehearsalForm usual(@Nullable Long version, String audience) {
    return new RehearsalForm(version, null, audience, 30, 10_000, 97, 80, 24, 1, "", "");
  }

  /**
   * What it asks for.
   *
   * @throws RehearsalRefusedException naming what cannot be read
   */
  RehearsalWish wish() {
    if (version == null) {
      throw new RehearsalRefusedException("请选择要预演的旅程版本。");
    }
    if (arrives < 0 || arrives > 100 || answered < 0 || answered > 100) {
      throw new RehearsalRefusedException("比例须在 0 到 100 之间。");
    }
    return new RehearsalWish(
        Stream.of(version, other).filter(Objects::nonNull).distinct().toList(),
        audience,
        days,
        most,
        new Assumptions(
            arrives / 100.0,
            happenings(),
            weights(),
            answered / 100.0,
            Math.max(1, Math.min(answerHours, 24 * 30)),
            seed));
  }

  private List<Happening> happenings() {
    return events
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(RehearsalForm::happening)
        .toList();
  }

  private static Happening happening(String line) {
    Matcher found = EVENT.matcher(line);
    if (!found.matches()
        || Integer.parseInt(found.group(2)) > 100
        || Integer.parseInt(found.group(3)) > Integer.parseInt(found.group(4))) {
      throw new RehearsalRefusedException(
          "“%s”看不懂，请写成 事件代码 比例%% 最早-最晚（进入后的小时数），例如 holding.reviewed 30%% 24-120。".formatted(line));
    }
    return new Happening(
        found.group(1),
        Integer.parseInt(found.group(2)) / 100.0,
        Integer.parseInt(found.group(3)),
        Integer.parseInt(found.group(4)));
  }

  private Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String line : outcomes.lines().map(String::strip).toList()) {
      Matcher found = OUTCOME.matcher(line);
      if (!line.isEmpty() && !found.matches()) {
        throw new RehearsalRefusedException("“%s”看不懂，请写成 结果代码 权重，例如 no_time 3。".formatted(line));
      }
      if (!line.isEmpty()) {
        weights.put(found.group(1), Double.valueOf(found.group(2)));
      }
    }
    return weights;
  }
}
