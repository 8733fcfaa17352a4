package io.waymark.console;

import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a text beside each other, changes marked to the character. */
public final class Comparison {

  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';
  private static final int AROUND = 2;

  private static final DiffRowGenerator ROWS =
      DiffRowGenerator.create()
          .showInlineDiffs(true)
          .inlineDiffByWord(false)
          // The page escapes; marks are private characters that no text holds.
          .lineNormalizer(line -> line)
          .oldTag(opening -> String.valueOf(opening ? OPEN : CLOSE))
          .newTag(opening -> String.valueOf(opening ? OPEN : CLOSE))
          .build();

  private Comparison() {}

  /**
   * A piece of a line.
   *
   * @param changed whether it differs from the other side
   */
  public record Piece(String text, boolean changed) {}

  /**
   * One row.
   *
   * @param kind {@code same}, {@code changed}, {@code added}, {@code removed} or {@code gap} where
   *     equal rows are left out
   */
  public record Row(String kind, List<Piece> before, List<Piece> after) {}

  /** The changed rows with a little around them; empty when both are the same. */
  static List<Row> of(List<String> before, List<String> after) {
    List<DiffRow> all = ROWS.generateDiffRows(clean(before), clean(after));
    List<Row> rows = new ArrayList<>();
    boolean gap = false;
    for (int i = 0; i < all.size(); i++) {
      if (near(all, i)) {
        rows.add(row(all.get(i)));
        gap = false;
      } else if (!gap) {
        rows.add(new Row("gap", List.of(), List.of()));
        gap = true;
      }
    }
    return rows.stream().allMatch(row -> row.kind().equals("gap")) ? List.of() : rows;
  }

  private static List<String> clean(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("[\uE000\uE001]", "")).toList();
  }

  private static boolean near(List<DiffRow> all, int at) {
    for (int i = Math.max(0, at - AROUND); i <= Math.min(all.size() - 1, at + AROUND); i++) {
      if (all.get(i).getTag() != DiffRow.Tag.EQUAL) {
        return true;
      }
    }
    return false;
  }

  private static Row row(DiffRow row) {
    String kind =
        switch (row.getTag()) {
          case EQUAL -> "same";
          case CHANGE -> "changed";
          case INSERT -> "added";
          case DELETE -> "removed";
        };
    return new Row(kind, pieces(row.getOldLine()), pieces(row.getNewLine()));
  }

  private static List<Piece> pieces(String line) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    boolean changed = false;
    for (int i = 0; i <= line.length(); i++) {
      boolean mark = i < line.length() && (line.charAt(i) == OPEN || line.charAt(i) == CLOSE);
      if (mark || i == line.length()) {
        if (i > at) {
          pieces.add(new Piece(line.substring(at, i), changed));
        }
        changed = mark && line.charAt(i) == OPEN;
        at = i + 1;
      }
    }
    return pieces;
  }
}
