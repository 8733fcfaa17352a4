package io.waymark.compliance.watch;

import java.util.UUID;

/**
 * A text a customer got, opened for a moment; never stored and never logged.
 *
 * @param branch the customer's
 * @param template code of the template it was made from
 */
public record SentText(UUID messageId, String branch, String template, String text) {

  @Override
  public String toString() {
    return "SentText[" + messageId + "]";
  }
}
