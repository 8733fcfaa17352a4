package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import org.jspecify.annotations.Nullable;

/**
 * Events about messages ({@code message.settled}, {@code message.clicked} …) concern only the
 * participation whose last message they are about.
 */
public final class OwnMessage {

  /** Variable that holds the id of the last message a participation sent. */
  public static final String LAST = "lastMessage";

  private OwnMessage() {}

  static boolean concerns(CustomerEvent event, @Nullable Object lastMessage) {
    return !event.type().startsWith("message.")
        || lastMessage != null && lastMessage.equals(event.properties().get("messageId"));
  }
}
