package io.waymark.engine.identity;

import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.Page;
import org.jspecify.annotations.Nullable;

/** Paging and pattern matching as the engine's queries mean them. */
final class Pages {

  private Pages() {}

  static <T> List<T> cut(List<T> all, @Nullable Page page) {
    if (page == null) {
      return all;
    }
    int from = Math.min(page.getFirstResult(), all.size());
    int to = (int) Math.min((long) from + page.getMaxResults(), all.size());
    return all.subList(from, to);
  }

  static boolean like(String text, String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char letter : pattern.toCharArray()) {
      regex.append(
          letter == '%' ? ".*" : letter == '_' ? "." : Pattern.quote(String.valueOf(letter)));
    }
    return text.matches(regex.toString());
  }
}
