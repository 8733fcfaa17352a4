package io.waymark.segment.churn;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What churn means here. A customer is asked about at a cut when he did something in the days
 * before it; he has churned when he does nothing in the days after it. All days are times 24 hours.
 *
 * @param activity types of events that count as being a customer
 * @param amount property of these events that holds yuan
 * @param visits types of events that count as looking in
 * @param historyDays how far back features look from a cut
 * @param populationDays who did something in so many days before a cut is asked about
 * @param horizonDays who does nothing in so many days after a cut has churned
 * @param trainingCuts how many cuts a model learns from
 * @param stepDays days between two of them
 */
public record ChurnSettings(
    List<String> activity,
    String amount,
    List<String> visits,
    int historyDays,
    int populationDays,
    int horizonDays,
    int trainingCuts,
    int stepDays) {

  private static final int LONGEST = 3660;

  public ChurnSettings {
    activity = List.copyOf(activity);
    visits = List.copyOf(visits);
  }

  /**
   * Reads settings.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static ChurnSettings read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, ChurnSettings.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("流失模型设置无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** What stands against these settings, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (activity.isEmpty() || amount.isBlank()) {
      problems.add("请写明 activity（算作在用的事件）和 amount（金额属性）。");
    }
    if (populationDays < 1 || historyDays < populationDays || historyDays > LONGEST) {
      problems.add("history-days 须不少于 population-days，两者在 1 至 %d 之间。".formatted(LONGEST));
    }
    if (horizonDays < 1 || horizonDays > LONGEST) {
      problems.add("horizon-days 须在 1 至 %d 之间。".formatted(LONGEST));
    }
    if (trainingCuts < 1 || trainingCuts > 24 || stepDays < 1 || stepDays > LONGEST) {
      problems.add("training-cuts 须在 1 至 24 之间，step-days 须不少于 1。");
    }
    return problems;
  }
}
