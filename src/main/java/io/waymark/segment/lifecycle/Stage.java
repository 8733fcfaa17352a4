package io.waymark.segment.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the way.
 *
 * @param code the tag's value
 * @param name for people, e.g. 活跃
 * @param meaning a sentence that says who is in it
 * @param enter who may come in, in the language of audiences; null only in the last stage, which
 *     everybody else begins in
 * @param hold who does not fall back although a stage behind would take him; unknown holds as well.
 *     Null when nothing holds
 * @param stayDays how many times 24 hours a customer stays at least
 * @param to stages that may follow, those further on tried first, else in this order
 */
public record Stage(
    String code,
    String name,
    String meaning,
    @Nullable String enter,
    @Nullable String hold,
    int stayDays,
    List<String> to) {

  public Stage {
    to = List.copyOf(to);
  }
}
