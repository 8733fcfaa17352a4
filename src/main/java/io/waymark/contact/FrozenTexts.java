package io.waymark.contact;

import io.waymark.platform.crypto.CustomerVault;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens frozen texts of many messages with one read of keys; those of erased customers are absent.
 */
final class FrozenTexts {

  private FrozenTexts() {}

  static Map<UUID, Text> open(CustomerVault vault, Collection<StoredMessages.Stored> messages) {
    Map<Long, Map<String, byte[]>> sealed = new HashMap<>();
    for (StoredMessages.Stored message : messages) {
      Map<String, byte[]> own =
          sealed.computeIfAbsent(message.request().customerId(), id -> new HashMap<>());
      own.put(message.messageId() + "/body", message.body());
      byte[] subject = message.subject();
      if (subject != null) {
        own.put(message.messageId() + "/subject", subject);
      }
    }
    Map<Long, Map<String, String>> clear = vault.openEach(sealed);
    Map<UUID, Text> texts = new HashMap<>();
    for (StoredMessages.Stored message : messages) {
      Map<String, String> own = clear.getOrDefault(message.request().customerId(), Map.of());
      String body = own.get(message.messageId() + "/body");
      if (body != null) {
        texts.put(message.messageId(), new Text(own.get(message.messageId() + "/subject"), body));
      }
    }
    return texts;
  }

  /** A frozen text in clear. */
  record Text(@Nullable String subject, String body) {

    String whole() {
      return subject == null ? body : subject + "\n" + body;
    }

    @Override
    public String toString() {
      return "Text[***]";
    }
  }
}
