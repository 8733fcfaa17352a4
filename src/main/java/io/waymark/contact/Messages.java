package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The message log: what was sent, what was withheld and why. */
@Component
public class Messages {

  private static final int OF_CUSTOMER = 200;

  /** Messages, and what the gate stopped before there was a message. */
  private static final String LOG =
      """
      with log as (
        select m.message_id, m.created_at, m.customer_id, m.branch, m.participation_id,
               m.journey_key, m.node, m.visit, m.template, m.template_version, m.channel, m.purpose,
               m.product,
               case when m.status = 'waiting' and o.state in ('sending', 'unknown') then 'sending'
                    else m.status end as status,
               m.reason, m.gate, m.due_at, m.sent_at, m.settled_at
          from message m left join outbox o on o.message_id = m.message_id
        union all
        select message_id, decided_at, customer_id, branch, participation_id, journey_key, node,
               visit, template, template_version, channel, purpose, product, 'withheld', reason,
               gate, null, null, decided_at
          from verdict
         where kind = 'send' and outcome = 'withheld')
      select %s from log
       where (:everywhere or branch = any(:branches))
         and (:message::uuid is null or message_id = :message::uuid)
         and (:customer::bigint is null or customer_id = :customer::bigint)
         and (:participation::bigint is null or participation_id = :participation::bigint)
         and (:channel::text is null or channel = :channel::text)
         and (:status::text is null or status = :status::text)
         and (:template::text is null or template = :template::text)
         and (:journey::text is null or journey_key = :journey::text)
         and (:purpose::text is null or purpose = :purpose::text)
         and (:reason::text is null or reason = :reason::text)
         and created_at >= coalesce(:from::timestamptz, '-infinity')
         and created_at < coalesce(:to::timestamptz, 'infinity')
      """;

  private final JdbcClient jdbc;
  private final StoredMessages stored;
  private final Verdicts verdicts;
  private final CustomerVault vault;

  Messages(JdbcClient jdbc, StoredMessages stored, Verdicts verdicts, CustomerVault vault) {
    this.jdbc = jdbc;
    this.stored = stored;
    this.verdicts = verdicts;
    this.vault = vault;
  }

  /** Messages that fit the filter, newest first. */
  public List<MessageRecord> page(MessageFilter filter, BranchScope scope, int offset, int limit) {
    return filtered(
            LOG.formatted("*")
                + " order by created_at desc, message_id desc"
                + " offset :offset limit :limit",
            filter,
            scope)
        .param("offset", offset)
        .param("limit", limit)
        .query(Messages::read)
        .list();
  }

  /** How many messages fit the filter. */
  public long count(MessageFilter filter, BranchScope scope) {
    return filtered(LOG.formatted("count(*)"), filter, scope).query(Long.class).single();
  }

  /** One message; empty when there is none or the scope does not cover it. */
  public Optional<MessageRecord> find(UUID messageId, BranchScope scope) {
    Instant at = MessageIds.createdAt(messageId);
    MessageFilter moment =
        new MessageFilter(null, null, null, null, null, null, at, at.plusMillis(1));
    return filtered(LOG.formatted("*"), messageId, moment, scope).query(Messages::read).optional();
  }

  /** What the gate said about one message, oldest first; empty out of the scope. */
  public List<VerdictRecord> verdicts(UUID messageId, BranchScope scope) {
    return verdicts.of(messageId).stream().filter(one -> scope.covers(one.branch())).toList();
  }

  /**
   * How many of the messages that fit the filter stand where, and why; most frequent first. Reads
   * all of them, so the filter should name a span of time.
   */
  public List<MessageTally> tally(MessageFilter filter, BranchScope scope) {
    return filtered(
            LOG.formatted("status, reason, count(*) as messages")
                + " group by status, reason order by messages desc, status, reason",
            filter,
            scope)
        .query(
            (row, number) ->
                new MessageTally(
                    row.getString("status"), row.getString("reason"), row.getLong("messages")))
        .list();
  }

  /** How many messages there are by channel and status since a moment, in the App included. */
  public List<MessageCount> counts(BranchScope scope, Instant since) {
    MessageFilter filter = new MessageFilter(null, null, null, null, null, null, since, null);
    return filtered(
            LOG.formatted("channel, status, count(*) as messages")
                + " group by channel, status order by channel, status",
            filter,
            scope)
        .query(
            (row, number) -> {
              String channel = row.getString("channel");
              return new MessageCount(
                  channel == null ? null : Channel.of(channel),
                  row.getString("status"),
                  row.getLong("messages"));
            })
        .list();
  }

  /** The newest 200 messages of one customer, newest first. */
  public List<MessageRecord> ofCustomer(long customerId) {
    return page(
        new MessageFilter(customerId, null, null, null, null, null, null, null),
        BranchScope.everywhere(),
        0,
        OF_CUSTOMER);
  }

  /**
   * The frozen text of one message; empty when there is none, the scope does not cover it, or the
   * customer was erased.
   */
  public Optional<String> text(UUID messageId, BranchScope scope) {
    List<StoredMessages.Stored> found =
        stored.load(List.of(messageId)).values().stream()
            .filter(message -> scope.covers(message.request().branch()))
            .toList();
    return Optional.ofNullable(FrozenTexts.open(vault, found).get(messageId)).map(Messages::whole);
  }

  /** How many messages were withheld since then, by reason, most frequent first. */
  public Map<WithheldReason, Long> withheldByReason(BranchScope scope, Instant since) {
    Map<WithheldReason, Long> counts = new LinkedHashMap<>();
    jdbc.sql(
            """
            select reason, count(*) as messages from verdict
             where outcome = 'withheld' and kind in ('send', 'dispatch') and decided_at >= :since
               and (:everywhere or branch = any(:branches))
             group by reason order by messages desc, reason
            """)
        .param("since", Column.at(since))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            row -> {
              counts.put(WithheldReason.of(row.getString("reason")), row.getLong("messages"));
            });
    return counts;
  }

  private JdbcClient.StatementSpec filtered(String sql, MessageFilter filter, BranchScope scope) {
    return filtered(sql, null, filter, scope);
  }

  private JdbcClient.StatementSpec filtered(
      String sql, @Nullable UUID messageId, MessageFilter filter, BranchScope scope) {
    Channel channel = filter.channel();
    Purpose purpose = filter.purpose();
    return jdbc.sql(sql)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("message", messageId)
        .param("customer", filter.customerId())
        .param("participation", filter.participationId())
        .param("channel", channel == null ? null : channel.code())
        .param("status", filter.status())
        .param("template", filter.template())
        .param("journey", filter.journeyKey())
        .param("purpose", purpose == null ? null : purpose.code())
        .param("reason", filter.reason())
        .param("from", text(filter.from()))
        .param("to", text(filter.to()));
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  private static String whole(FrozenTexts.Text text) {
    return text.subject() == null ? text.body() : text.subject() + "\n\n" + text.body();
  }

  private static MessageRecord read(ResultSet row, int number) throws SQLException {
    String channel = row.getString("channel");
    String purpose = row.getString("purpose");
    return new MessageRecord(
        Column.uuid(row, "message_id"),
        Column.instant(row, "created_at"),
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getObject("participation_id", Long.class),
        row.getString("journey_key"),
        row.getString("node"),
        row.getInt("visit"),
        row.getString("template"),
        row.getObject("template_version", Integer.class),
        channel == null ? null : Channel.of(channel),
        purpose == null ? null : Purpose.of(purpose),
        row.getString("product"),
        row.getString("status"),
        row.getString("reason"),
        row.getString("gate"),
        Column.instantOrNull(row, "due_at"),
        Column.instantOrNull(row, "sent_at"),
        Column.instantOrNull(row, "settled_at"));
  }
}
