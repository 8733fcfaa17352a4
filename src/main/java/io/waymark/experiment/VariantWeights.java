package io.waymark.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the weights of a split as a marketer writes them, e.g. {@code A:50,B:50}. */
public final class VariantWeights {

  private VariantWeights() {}

  /**
   * Reads weights; they are relative and need not sum to 100.
   *
   * @throws IllegalArgumentException with a Chinese message when the text is not a list of distinct
   *     names with whole numbers from 0 of which one is positive
   */
  public static SortedMap<String, Integer> parse(String text) {
    var weights = new TreeMap<String, Integer>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split(":", -1);
      if (pair.length != 2 || !pair[0].strip().matches("[A-Za-z0-9_-]{1,32}")) {
        throw refused(text);
      }
      String weight = pair[1].strip();
      if (!weight.matches("\\d{1,6}")
          || weights.put(pair[0].strip(), Integer.parseInt(weight)) != null) {
        throw refused(text);
      }
    }
    if (weights.values().stream().allMatch(weight -> weight == 0)) {
      throw refused(text);
    }
    return Collections.unmodifiableSortedMap(weights);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "分流比例“" + text + "”写法不对:请写成“A:50,B:50”,名称不重复,比例为非负整数且不全为 0。");
  }
}
