package io.waymark.channel;

import java.util.List;

/**
 * What a callback said.
 *
 * @param receipts what became of messages
 * @param replies what customers sent back
 * @param again whether some of it cannot be understood yet: the provider is asked to come again
 * @param contentType of the answer the provider waits for
 * @param answer by which the provider knows that it was understood
 */
public record Callback(
    List<Receipt> receipts, List<Reply> replies, boolean again, String contentType, String answer) {

  public Callback {
    receipts = List.copyOf(receipts);
    replies = List.copyOf(replies);
  }
}
