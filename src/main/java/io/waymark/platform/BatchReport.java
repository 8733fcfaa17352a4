package io.waymark.platform;

import java.util.List;

/**
 * What became of a batch: good rows are kept, each bad row is named.
 *
 * @param accepted rows written
 * @param duplicates rows already known and left alone
 * @param problems refused rows, by position
 */
public record BatchReport(int accepted, int duplicates, List<RowProblem> problems) {

  public BatchReport {
    problems = List.copyOf(problems);
  }
}
