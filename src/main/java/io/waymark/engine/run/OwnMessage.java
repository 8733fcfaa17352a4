package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events about messages ({@code message.settled}, {@code message.clicked} …) concern only the
 * participation whose last message they are about.
 */
public final class OwnMessage {

  /** Variable that holds the id of the last message a participation sent. */
  public static final String LAST = "lastMessage";

  private OwnMessage() {}

  /** Whether events of this type are about a message. */
  public static boolean isOne(String eventType) {
    return eventType.startsWith("message.");
  }

  static boolean concerns(CustomerEvent event, Supplier<? extends @Nullable Object> lastMessage) {
    if (!isOne(event.type())) {
      return true;
    }
    Object last = lastMessage.get();
    return last != null && last.equals(event.properties().get("messageId"));
  }
}
