package io.waymark.contact;

import org.springframework.stereotype.Component;

/** Takes what is due from the outbox to the providers, each channel in a lane of its own. */
@Component
public class Dispatcher {

  /**
   * Promotes what has become due, dispatches up to {@code max} messages of each channel and
   * resolves what a crash or a silent provider left open. Must not be called inside a transaction.
   *
   * @return how many messages were handled
   */
  public int dispatchDue(int max) {
    throw new IllegalStateException("not yet built");
  }
}
