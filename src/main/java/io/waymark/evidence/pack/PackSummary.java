package io.waymark.evidence.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the report says about the rows, gathered while they pass; holds only the first of them. */
final class PackSummary {

  /** Rows printed one by one; the file of rows has all. */
  static final int PRINTED = 300;

  private final Map<String, Long> perKind = new TreeMap<>();
  private final SortedSet<Long> anchors = new TreeSet<>();
  private final List<PackRows.PackRow> first = new ArrayList<>();
  private long rows;

  void add(PackRows.PackRow row, long anchor) {
    rows++;
    perKind.merge(row.kind(), 1L, Long::sum);
    anchors.add(anchor);
    if (first.size() < PRINTED) {
      first.add(row);
    }
  }

  long rows() {
    return rows;
  }

  Map<String, Long> perKind() {
    return perKind;
  }

  SortedSet<Long> anchors() {
    return anchors;
  }

  List<PackRows.PackRow> first() {
    return first;
  }
}
