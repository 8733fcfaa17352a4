package io.waymark.contact;

import java.util.UUID;

/**
 * One call to a provider.
 *
 * @param row as it was taken
 * @param number which attempt this is; an answer counts only for its own attempt
 */
record Attempt(Outbox.Row row, int number) {

  UUID messageId() {
    return row.messageId();
  }
}
