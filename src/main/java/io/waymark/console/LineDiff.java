package io.waymark.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one text has that another has not, line by line, as reviewers read it. */
final class LineDiff {

  /** Beyond this the middle parts are shown as removed and added as a whole. */
  private static final long LARGEST = 4_000_000;

  private static final int AROUND = 3;

  private LineDiff() {}

  /**
   * What changed with three lines around it, and a gap where equal lines are left out; empty when
   * the texts are equal.
   */
  static List<Line> of(String before, String after) {
    List<Line> all = whole(before, after);
    boolean[] near = new boolean[all.size()];
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).mark().equals("same")) {
        int end = Math.min(all.size(), i + AROUND + 1);
        for (int k = Math.max(0, i - AROUND); k < end; k++) {
          near[k] = true;
        }
      }
    }
    List<Line> shown = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (near[i]) {
        shown.add(all.get(i));
      } else if (i == 0 || near[i - 1]) {
        shown.add(new Line("gap", "…"));
      }
    }
    return shown;
  }

  private static List<Line> whole(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> fresh = after.lines().toList();
    if (old.equals(fresh)) {
      return List.of();
    }
    int head = 0;
    while (head < Math.min(old.size(), fresh.size()) && old.get(head).equals(fresh.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(old.size(), fresh.size()) - head
        && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
      tail++;
    }
    List<Line> lines = new ArrayList<>();
    old.subList(0, head).forEach(text -> lines.add(new Line("same", text)));
    lines.addAll(
        middle(old.subList(head, old.size() - tail), fresh.subList(head, fresh.size() - tail)));
    old.subList(old.size() - tail, old.size()).forEach(text -> lines.add(new Line("same", text)));
    return lines;
  }

  private static List<Line> middle(List<String> old, List<String> fresh) {
    if ((long) old.size() * fresh.size() > LARGEST) {
      List<Line> lines = new ArrayList<>();
      old.forEach(text -> lines.add(new Line("gone", text)));
      fresh.forEach(text -> lines.add(new Line("new", text)));
      return lines;
    }
    int[][] common = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(fresh.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
        lines.add(new Line("same", old.get(i++)));
        j++;
      } else if (i < old.size() && (j == fresh.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line("gone", old.get(i++)));
      } else {
        lines.add(new Line("new", fresh.get(j++)));
      }
    }
    return Collections.unmodifiableList(lines);
  }

  /**
   * One line.
   *
   * @param mark same, gone, new or gap
   */
  public record Line(String mark, String text) {}
}
