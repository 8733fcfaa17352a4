package io.waymark.contact;

import io.waymark.content.TemplateVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why one text may or may not go to one customer.
 *
 * @param at the moment the question is about
 * @param past whether that moment is over; then each answer says what it rests on
 * @param template the version approved at that moment; null when none was
 * @param verdict what the gate says, or would have said
 * @param policyVersion the contact policy that applied
 * @param gates every gate in its order, those behind the first refusal included
 * @param stored the last verdict that was really given for this customer and text up to that
 *     moment, with its inputs as they were; null when there was none
 */
public record ContactExplanation(
    Instant at,
    boolean past,
    @Nullable TemplateVersion template,
    Verdict verdict,
    String policyVersion,
    List<Saying> gates,
    @Nullable VerdictRecord stored) {

  public ContactExplanation {
    gates = List.copyOf(gates);
  }

  /** What an answer about the past rests on. */
  public enum Basis {
    /** On what was known at that moment. */
    HISTORY,
    /** On what is known today, because no history of it is kept in a form the gate reads. */
    TODAY
  }

  /**
   * One gate and what it says by itself.
   *
   * @param reason null when it lets the message pass
   * @param until end of a deferral; null without one
   * @param inputs what it looked at, codes only
   */
  public record Saying(
      String gate,
      @Nullable WithheldReason reason,
      @Nullable Instant until,
      Map<String, String> inputs,
      Basis basis) {

    /** The word for it: pass, deferred or withheld. */
    public String outcome() {
      if (reason == null) {
        return "pass";
      }
      return until == null ? "withheld" : "deferred";
    }
  }
}
