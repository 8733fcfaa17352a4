package io.waymark.contact;

/**
 * One rule of the chain: a pure function of request, facts, policy and time. It reads nothing and
 * remembers nothing, so its verdict can be explained years later from the inputs it names.
 */
public interface Gate {

  /** Word for this gate in verdicts, e.g. {@code consent}. */
  String code();

  /** Passes, withholds or defers; names what it looked at, codes only. */
  GateAnswer ask(GateQuestion question);
}
