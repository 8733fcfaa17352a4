package io.waymark.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "why, or why not" for one customer and one text.
 *
 * @param version the approved version of the text; null when none was
 * @param past whether the moment is over; then gates that read today's facts say so
 * @param verdict allowed, deferred or withheld
 * @param sentence the same in words
 * @param policy version of the contact policy
 * @param stored the last verdict really given up to that moment; null when there was none
 */
public record ContactCheck(
    String customer,
    String template,
    @Nullable Integer version,
    Instant at,
    boolean past,
    String verdict,
    String sentence,
    String policy,
    List<Gate> gates,
    @Nullable Stored stored) {

  /**
   * One gate.
   *
   * @param outcome pass, deferred or withheld
   * @param reason code; null when it passes
   * @param sentence what it says, in Chinese
   * @param until end of a deferral
   * @param inputs what it looked at, in Chinese
   * @param note that it read today's facts, when the question is about the past
   */
  public record Gate(
      String code,
      String title,
      String outcome,
      @Nullable String reason,
      String sentence,
      @Nullable Instant until,
      List<String> inputs,
      @Nullable String note) {}

  /**
   * One time the gates were asked about a message.
   *
   * @param kind on which occasion, in Chinese
   * @param verdict allowed, deferred or withheld
   * @param reason in Chinese; empty when allowed
   * @param until end of a deferral
   * @param policy version of the contact policy
   * @param rulePack version of the rule pack that read the text; null when none did
   * @param gates those that were asked, in their order
   */
  public record Occasion(
      Instant at,
      String kind,
      String verdict,
      String reason,
      @Nullable Instant until,
      String policy,
      @Nullable String rulePack,
      List<Gate> gates) {}

  /** A verdict that was given, with its inputs as they were. */
  public record Stored(
      Instant at, String kind, String verdict, String reason, String policy, List<String> inputs) {}
}
