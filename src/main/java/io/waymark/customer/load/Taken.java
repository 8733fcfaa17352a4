package io.waymark.customer.load;

import io.waymark.platform.RowProblem;
import java.util.ArrayList;
import java.util.List;

/** What became of some rows of a piece; positions are those within the piece. */
record Taken(long accepted, long duplicates, List<RowProblem> problems) {

  Taken plus(Taken other) {
    List<RowProblem> all = new ArrayList<>(problems);
    all.addAll(other.problems);
    return new Taken(accepted + other.accepted, duplicates + other.duplicates, all);
  }
}
