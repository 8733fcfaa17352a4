package io.waymark.contact;

import io.waymark.evidence.pack.PackTexts;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The frozen texts of one customer, for an evidence pack. */
@Component
class SentTexts implements PackTexts {

  private static final int CHUNK = 500;

  private final JdbcClient jdbc;
  private final StoredMessages messages;
  private final CustomerVault vault;

  SentTexts(JdbcClient jdbc, StoredMessages messages, CustomerVault vault) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.vault = vault;
  }

  @Override
  public void ofCustomer(long customerId, BranchScope scope, Consumer<PackText> consumer) {
    UUID after = new UUID(0, 0);
    List<UUID> ids;
    do {
      ids = next(customerId, scope, after);
      FrozenTexts.open(vault, messages.load(ids).values())
          .forEach(
              (id, text) ->
                  consumer.accept(
                      new PackText(id, text.subject() == null ? "" : text.subject(), text.body())));
      after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
    } while (ids.size() == CHUNK);
  }

  private List<UUID> next(long customerId, BranchScope scope, UUID after) {
    return jdbc.sql(
            """
            select message_id from message
             where customer_id = :customer and message_id > :after
               and (:everywhere or branch = any(:branches))
             order by message_id limit :chunk
            """)
        .param("customer", customerId)
        .param("after", after)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("chunk", CHUNK)
        .query(UUID.class)
        .list();
  }
}
