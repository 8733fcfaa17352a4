package io.waymark.contact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that could not be prepared again and again. They hold nobody up and are not given up by
 * a machine: a person mends what is wrong and lets them go, or ends them.
 */
@Component
public class Parked {

  /** Why the log says such a message waits. */
  static final String REASON = "parked";

  private static final int LONGEST_REASON = 200;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final StoredMessages messages;
  private final Settlement settlement;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Parked(
      JdbcClient jdbc,
      Outbox outbox,
      StoredMessages messages,
      Settlement settlement,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.messages = messages;
    this.settlement = settlement;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /** Parked messages that somebody may see, the longest parked first. */
  public List<ParkedMessage> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select message_id, customer_id, branch, channel, priority, problem, since
              from outbox
             where state = 'parked' and (:everywhere or branch = any(:branches))
             order by since, message_id offset :offset limit :limit
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(Parked::read)
        .list();
  }

  public long count(BranchScope scope) {
    return jdbc.sql(
            """
            select count(*) from outbox
             where state = 'parked' and (:everywhere or branch = any(:branches))
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .single();
  }

  /**
   * Lets a message go again, with all its attempts before it; the gates are asked as always.
   *
   * @return false when it is not parked, or out of the scope
   */
  @Transactional
  public boolean retry(UUID messageId, BranchScope scope, String actor) {
    List<ParkedMessage> found = find(messageId, scope);
    if (found.isEmpty() || !outbox.unpark(messageId, clock.instant())) {
      return false;
    }
    messages.status(List.of(messageId), "waiting", null, null);
    prove(found.get(0), Map.of("act", "retried"), actor);
    events.publishEvent(new OutboxFilled());
    return true;
  }

  /**
   * Ends a message as failed; the journey hears of it as of any failure.
   *
   * @param reason why, in the words of the person who decides; kept as evidence
   * @return false when it is not parked, or out of the scope
   * @throws IllegalArgumentException with a Chinese sentence when there is no reason
   */
  @Transactional
  public boolean end(UUID messageId, BranchScope scope, String reason, String actor) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("请填写结束的原因，不超过 " + LONGEST_REASON + " 字。");
    }
    List<ParkedMessage> found = find(messageId, scope);
    if (found.isEmpty()) {
      return false;
    }
    settlement.settle(
        List.of(
            Settling.of(messageId, Settling.Outcome.FAILED, "internal_" + found.get(0).problem())),
        clock.instant());
    prove(found.get(0), Map.of("act", "ended", "reason", reason.strip()), actor);
    return true;
  }

  private List<ParkedMessage> find(UUID messageId, BranchScope scope) {
    return jdbc
        .sql(
            """
            select message_id, customer_id, branch, channel, priority, problem, since
              from outbox where message_id = ? and state = 'parked' for update
            """)
        .param(messageId)
        .query(Parked::read)
        .list()
        .stream()
        .filter(one -> scope.covers(one.branch()))
        .toList();
  }

  private void prove(ParkedMessage message, Map<String, Object> decided, String actor) {
    Map<String, Object> facts = new HashMap<>(decided);
    facts.put("problem", message.problem());
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.PARKED_MESSAGE_DECIDED,
            "message:" + message.messageId(),
            message.customerId(),
            message.branch(),
            actor,
            facts));
  }

  private static ParkedMessage read(ResultSet row, int number) throws SQLException {
    Instant since = Column.instant(row, "since");
    return new ParkedMessage(
        Column.uuid(row, "message_id"),
        row.getLong("customer_id"),
        row.getString("branch"),
        Channel.of(row.getString("channel")),
        row.getInt("priority"),
        row.getString("problem"),
        since);
  }
}
