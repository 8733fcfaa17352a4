package io.waymark.console;

import io.waymark.compliance.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text cut at its findings, so that a page shows each of them in its place. */
public final class Marked {

  private Marked() {}

  /**
   * One piece of the text.
   *
   * @param text as a page shows it: characters nobody sees are named
   * @param finding the rule that fired here; null for the text between
   */
  public record Piece(String text, @Nullable Finding finding) {}

  /** The pieces in order; of findings that overlap the first and longest is marked. */
  static List<Piece> of(String text, List<Finding> findings) {
    List<Finding> inOrder =
        findings.stream()
            .sorted(
                Comparator.comparingInt(Finding::start)
                    .thenComparing(Comparator.comparingInt(Finding::end).reversed()))
            .toList();
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (Finding finding : inOrder) {
      if (finding.start() < at || finding.end() > text.length()) {
        continue;
      }
      add(pieces, text.substring(at, finding.start()), null);
      add(pieces, text.substring(finding.start(), finding.end()), finding);
      at = finding.end();
    }
    add(pieces, text.substring(at), null);
    return pieces;
  }

  private static void add(List<Piece> pieces, String text, @Nullable Finding finding) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(seen(text), finding));
    }
  }

  /** The reviewer must see what was hidden. */
  private static String seen(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.FORMAT) {
                seen.append("⟨U+%04X⟩".formatted(c));
              } else {
                seen.appendCodePoint(c);
              }
            });
    return seen.toString();
  }
}
