package io.waymark.console.api;

import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Rows of a batch that could be read, each with the position it had when it was sent, and the
 * problems of those that could not.
 *
 * @param values readable rows
 * @param positions 1-based position of each readable row as sent
 * @param problems refused so far
 */
record Rows<T>(List<T> values, List<Integer> positions, List<RowProblem> problems) {

  /** Turns each row into something else; a row that refuses is reported and left out. */
  <R> Rows<R> map(Function<T, R> change) {
    List<R> changed = new ArrayList<>(values.size());
    List<Integer> kept = new ArrayList<>(values.size());
    List<RowProblem> refused = new ArrayList<>(problems);
    for (int i = 0; i < values.size(); i++) {
      try {
        changed.add(change.apply(values.get(i)));
        kept.add(positions.get(i));
      } catch (RefusedRow refusal) {
        refused.add(refusal.at(positions.get(i)));
      }
    }
    return new Rows<>(changed, kept, refused);
  }

  /** Hands the readable rows on and joins both reports, positions being those of the sender. */
  BatchReport accept(Function<List<T>, BatchReport> taker) {
    BatchReport taken = values.isEmpty() ? new BatchReport(0, 0, List.of()) : taker.apply(values);
    List<RowProblem> all = new ArrayList<>(problems);
    for (RowProblem p : taken.problems()) {
      all.add(new RowProblem(positions.get(p.position() - 1), p.field(), p.code(), p.message()));
    }
    all.sort(Comparator.comparingInt(RowProblem::position));
    return new BatchReport(taken.accepted(), taken.duplicates(), all);
  }
}
