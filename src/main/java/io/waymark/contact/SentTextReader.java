package io.waymark.contact;

import io.waymark.compliance.watch.SentText;
import io.waymark.compliance.watch.SentTexts;
import io.waymark.platform.crypto.CustomerVault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens texts that reached customers, in the order of their ids, for rules to be tried on them. */
@Component
class SentTextReader implements SentTexts {

  private static final String SENT =
      " where created_at >= :since and status in ('sent', 'delivered', 'unknown')";

  private final JdbcClient jdbc;
  private final StoredMessages messages;
  private final CustomerVault vault;

  SentTextReader(JdbcClient jdbc, StoredMessages messages, CustomerVault vault) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.vault = vault;
  }

  @Override
  public int count(Instant since) {
    return jdbc.sql("select count(*) from message" + SENT)
        .param("since", Column.at(since))
        .query(Integer.class)
        .single();
  }

  @Override
  public Batch next(@Nullable UUID after, Instant since, int limit) {
    List<UUID> ids =
        jdbc.sql(
                "select message_id from message"
                    + SENT
                    + " and (:after::uuid is null or message_id > :after)"
                    + " order by message_id limit :limit")
            .param("since", Column.at(since))
            .param("after", after)
            .param("limit", limit)
            .query(UUID.class)
            .list();
    Map<UUID, SentText> opened = open(ids);
    List<SentText> texts = new ArrayList<>();
    for (UUID id : ids) {
      SentText text = opened.get(id);
      if (text != null) {
        texts.add(text);
      }
    }
    return new Batch(texts, ids.size(), ids.isEmpty() ? null : ids.get(ids.size() - 1));
  }

  @Override
  public Map<UUID, SentText> open(Collection<UUID> ids) {
    Map<UUID, StoredMessages.Stored> stored = messages.load(ids);
    Map<UUID, SentText> texts = new HashMap<>();
    FrozenTexts.open(vault, stored.values())
        .forEach(
            (id, text) -> {
              StoredMessages.Stored message = stored.get(id);
              if (message != null) {
                texts.put(
                    id,
                    new SentText(
                        id,
                        message.request().branch(),
                        message.request().template(),
                        text.subject() == null
                            ? text.body()
                            : text.subject() + "\n" + text.body()));
              }
            });
    return texts;
  }
}
