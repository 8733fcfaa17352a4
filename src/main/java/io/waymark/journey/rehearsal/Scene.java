package io.waymark.journey.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one customer stands after what was played, and how he came there.
 *
 * @param at the rehearsal's time
 * @param refused why he did not enter, a code as of an enrolment; null when he did
 * @param standing activity ids where he waits
 * @param way what he passed, in order
 * @param variables of the instance, codes only
 * @param messages what he would have been sent, oldest first
 * @param verdicts what the gate said, oldest first
 * @param tasks what advisors would have on their lists about him
 * @param awaited event types he is waiting for
 * @param nextDue when something falls due next; null when nothing does
 * @param left reason he left with; null while he is inside
 * @param goal the goal he reached; null for none
 * @param problem why a step could not be taken; null when all went
 */
public record Scene(
    Instant at,
    @Nullable String refused,
    List<String> standing,
    List<Passed> way,
    Map<String, String> variables,
    List<Letter> messages,
    List<Ruling> verdicts,
    List<Duty> tasks,
    Set<String> awaited,
    @Nullable Instant nextDue,
    @Nullable String left,
    @Nullable String goal,
    @Nullable String problem) {

  /**
   * One visit of a node.
   *
   * @param outcome done, withheld or interrupted; null while he waits there
   */
  public record Passed(String node, Instant at, @Nullable String outcome) {}

  /**
   * One message he would have got.
   *
   * @param text as it would have arrived; null when it cannot be read
   */
  public record Letter(
      Instant at,
      String node,
      String template,
      String channel,
      String status,
      @Nullable String reason,
      @Nullable String text) {}

  /** What the gate said once. */
  public record Ruling(
      Instant at,
      String kind,
      String node,
      String template,
      String outcome,
      @Nullable String reason,
      @Nullable String gate) {}

  /**
   * One open task of an advisor.
   *
   * @param advisor user name; null while it lies in the branch's pool
   * @param outcomes codes it may be answered with
   */
  public record Duty(
      String node, String title, @Nullable String advisor, Set<String> outcomes, Instant dueAt) {}
}
