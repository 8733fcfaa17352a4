package io.waymark.channel;

import java.util.List;

/** Takes what customers sent back. */
public interface ReplyListener {

  /**
   * Called once for each batch in the thread that took it in. Must be idempotent by {@link
   * Reply#providerReplyId()}; an exception makes the provider send the batch again.
   */
  void replied(List<Reply> replies);
}
