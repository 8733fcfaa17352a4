package io.waymark.compliance;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must not stand directly before or after a hit. */
final class Surroundings {

  /** No guard of a pack looks further than this. */
  private static final int SIGHT = 16;

  private final @Nullable Pattern before;
  private final @Nullable Pattern after;

  Surroundings(List<String> notBefore, List<String> notAfter) {
    before =
        notBefore.isEmpty()
            ? null
            : Pattern.compile("(?:" + String.join("|", notBefore) + ")$", Pattern.DOTALL);
    after =
        notAfter.isEmpty()
            ? null
            : Pattern.compile("^(?:" + String.join("|", notAfter) + ")", Pattern.DOTALL);
  }

  boolean allow(String text, int start, int end) {
    if (before != null
        && before.matcher(text.substring(Math.max(0, start - SIGHT), start)).find()) {
      return false;
    }
    return after == null
        || !after.matcher(text.substring(end, Math.min(text.length(), end + SIGHT))).find();
  }
}
