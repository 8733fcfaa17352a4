package io.waymark.journey;

import org.jspecify.annotations.Nullable;

/** What an operator does to a customer inside a journey. */
public sealed interface CustomerMove {

  /** The word used in forms and evidence. */
  String code();

  /** Tries again what failed: the jobs that ran out of attempts, at once. */
  record Retry() implements CustomerMove {
    @Override
    public String code() {
      return "retry";
    }
  }

  /**
   * Leaves the node without waiting for what it waits for.
   *
   * @param way id of the flow to go on by; null when the node has only one
   */
  record Skip(@Nullable String way) implements CustomerMove {
    @Override
    public String code() {
      return "skip";
    }
  }

  /**
   * Goes on at another node of the same version, which runs as if the customer had come to it.
   *
   * @param node id of the node
   */
  record MoveTo(String node) implements CustomerMove {
    @Override
    public String code() {
      return "move";
    }
  }

  /** Leaves the journey for good. */
  record End() implements CustomerMove {
    @Override
    public String code() {
      return "end";
    }
  }
}
