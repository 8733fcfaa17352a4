package io.waymark.contact;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.Sealable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * When ways through journeys become another record's, what they have claimed and what still waits
 * to be sent goes with them: it is judged and addressed as the other record's, once. What has left,
 * or may have, stays where it was said.
 */
@Component
public class FollowingMessages {

  private final JdbcClient jdbc;
  private final StoredMessages messages;
  private final CustomerVault vault;

  FollowingMessages(JdbcClient jdbc, StoredMessages messages, CustomerVault vault) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.vault = vault;
  }

  /**
   * Brings messages of these participations to another customer. The caller holds the locks of
   * both; a dispatcher that has one in hand is waited for.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void follow(Collection<Long> participationIds, long fromCustomerId, long toCustomerId) {
    Set<Long> ways = Set.copyOf(participationIds);
    List<UUID> waiting =
        jdbc.sql(
                """
                select message_id from outbox
                 where customer_id = ? and state in ('later', 'ready', 'parked')
                 order by message_id for update
                """)
            .param(fromCustomerId)
            .query(UUID.class)
            .list();
    readdress(
        messages.load(waiting).values().stream()
            .filter(one -> ways.contains(one.request().participationId()))
            .toList(),
        toCustomerId);
    jdbc.sql(
            """
            update message_claim m set customer_id = c.id, branch = c.branch
              from customer c
             where c.id = ? and m.customer_id = ? and m.participation_id = any(?)
            """)
        .params(toCustomerId, fromCustomerId, Column.ids(ways))
        .update();
  }

  private void readdress(List<StoredMessages.Stored> waiting, long toCustomerId) {
    Map<UUID, FrozenTexts.Text> texts = FrozenTexts.open(vault, waiting);
    List<StoredMessages.Stored> readable =
        waiting.stream().filter(one -> texts.containsKey(one.messageId())).toList();
    if (readable.isEmpty()) {
      return;
    }
    List<Sealable> clear = new ArrayList<>();
    for (StoredMessages.Stored one : readable) {
      FrozenTexts.Text text = text(texts, one);
      clear.add(new Sealable(toCustomerId, text.body()));
      if (text.subject() != null) {
        clear.add(new Sealable(toCustomerId, text.subject()));
      }
    }
    Iterator<byte[]> sealed = vault.sealAll(clear).iterator();
    for (StoredMessages.Stored one : readable) {
      byte[] body = sealed.next();
      write(one, toCustomerId, body, text(texts, one).subject() == null ? null : sealed.next());
    }
  }

  private void write(
      StoredMessages.Stored one, long toCustomerId, byte[] body, byte @Nullable [] subject) {
    jdbc.sql(
            """
            with moved as
              (update outbox o set customer_id = c.id, branch = c.branch
                 from customer c where c.id = :to and o.message_id = :id)
            update message m
               set customer_id = c.id, branch = c.branch, body_sealed = :body,
                   subject_sealed = :subject::bytea
              from customer c
             where c.id = :to and m.message_id = :id and m.created_at = :created
            """)
        .param("to", toCustomerId)
        .param("id", one.messageId())
        .param("created", Column.at(one.createdAt()))
        .param("body", body)
        .param("subject", subject)
        .update();
  }

  private static FrozenTexts.Text text(
      Map<UUID, FrozenTexts.Text> texts, StoredMessages.Stored one) {
    FrozenTexts.Text text = texts.get(one.messageId());
    if (text == null) {
      throw new IllegalStateException("a text that was opened is gone: " + one.messageId());
    }
    return text;
  }
}
