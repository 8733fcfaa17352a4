package io.waymark.compliance.recall;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The recalls and their lifting. Table {@code recall}. One officer stops, because stopping must not
 * wait; two lift.
 *
 * <p>Nothing is cached: whoever decides about a message reads what stands recalled in the same
 * transaction, so a recall holds on every node from its commit on.
 */
@Component
public class Recalls {

  private static final long ENTRY_LOCK = 0x7761796d_72636c6cL;
  private static final int ATTEMPTS = 5;
  private static final int LONGEST_TEXT = 200;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Recalls(
      JdbcClient jdbc,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What stands recalled now, in one statement. */
  public StandingRecalls standing() {
    return new StandingRecalls(
        jdbc.sql("select kind, target from recall where lifted_at is null")
            .query(
                (row, number) ->
                    new RecallTarget(RecallKind.of(row.getString("kind")), row.getString("target")))
            .list());
  }

  /**
   * What stands recalled, and stands so until the caller's transaction ends: a recall waits for
   * those who are letting customers in, so that afterwards nobody is.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public StandingRecalls standingForEntry() {
    if (Rehearsing.on()) {
      return standing();
    }
    jdbc.sql("select pg_advisory_xact_lock_shared(?)")
        .param(ENTRY_LOCK)
        .query((row, n) -> n)
        .list();
    return standing();
  }

  /**
   * Waits for those who are letting customers in; until the caller's transaction ends nobody else
   * does.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void closeEntry() {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(ENTRY_LOCK).query((row, n) -> n).list();
  }

  /**
   * Stops something everywhere, from the commit on. Must not be called inside a transaction.
   *
   * @param reason for people and for the evidence, at most 200 characters
   * @throws RecallRefusedException when it stands recalled already, or target or reason is missing
   */
  public Recall stop(RecallTarget target, String reason, String officer) {
    String value = target.value().strip();
    if (value.isEmpty() || value.length() > LONGEST_TEXT) {
      throw new RecallRefusedException("请填写要召回的对象（不超过 200 字）。");
    }
    if (target.kind() == RecallKind.PHRASE && PlainText.of(value).length() < 2) {
      throw new RecallRefusedException("召回的用语至少两个字，否则会误停大量内容。");
    }
    String why = required(reason);
    for (int attempt = 1; ; attempt++) {
      try {
        long id =
            transaction.execute(
                status -> start(new RecallTarget(target.kind(), value), why, officer));
        return find(id).orElseThrow();
      } catch (DuplicateKeyException standsAlready) {
        throw new RecallRefusedException("该对象已在召回中，无需重复召回。");
      } catch (PessimisticLockingFailureException busy) {
        // A step of a journey and the holding of all its customers met; one of them had to yield.
        if (attempt == ATTEMPTS) {
          throw busy;
        }
      }
    }
  }

  private long start(RecallTarget target, String reason, String officer) {
    closeEntry();
    long id =
        jdbc.sql(
                """
                insert into recall (kind, target, reason, started_by, started_at)
                values (:kind, :target, :reason, :officer, :now) returning recall_id
                """)
            .param("kind", target.kind().code())
            .param("target", target.value())
            .param("reason", reason)
            .param("officer", officer)
            .param("now", now())
            .query(Long.class)
            .single();
    prove(EvidenceKind.RECALL_STARTED, id, target, officer);
    events.publishEvent(new RecallStarted(id, target));
    return id;
  }

  /**
   * Asks for a recall to be lifted.
   *
   * @throws RecallRefusedException when it does not stand or somebody has asked already
   */
  @Transactional
  public void proposeLift(long id, String reason, String officer) {
    Recall recall = get(id);
    int proposed =
        jdbc.sql(
                """
                update recall
                   set lift_reason = :reason, lift_proposed_by = :officer, lift_proposed_at = :now
                 where recall_id = :id and lifted_at is null and lift_proposed_at is null
                """)
            .param("reason", required(reason))
            .param("officer", officer)
            .param("now", now())
            .param("id", id)
            .update();
    if (proposed != 1) {
      throw new RecallRefusedException("该召回已解除或已有人申请解除，请刷新后再试。");
    }
    prove(EvidenceKind.RECALL_LIFT_PROPOSED, id, recall.target(), officer);
  }

  /** Takes a request for lifting back, whoever made it; the recall goes on standing. */
  @Transactional
  public void declineLift(long id, String officer) {
    Recall recall = get(id);
    int declined =
        jdbc.sql(
                """
                update recall
                   set lift_reason = null, lift_proposed_by = null, lift_proposed_at = null
                 where recall_id = :id and lifted_at is null and lift_proposed_at is not null
                """)
            .param("id", id)
            .update();
    if (declined != 1) {
      throw new RecallRefusedException("没有待确认的解除申请，请刷新后再试。");
    }
    prove(EvidenceKind.RECALL_LIFT_DECLINED, id, recall.target(), officer);
  }

  /**
   * Lifts a recall that another officer proposed to lift. Must not be called inside a transaction.
   *
   * @throws RecallRefusedException when nobody proposed, or the same person did
   */
  public void confirmLift(long id, String officer) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.executeWithoutResult(status -> lift(id, officer));
        return;
      } catch (PessimisticLockingFailureException busy) {
        if (attempt == ATTEMPTS) {
          throw busy;
        }
      }
    }
  }

  private void lift(long id, String officer) {
    int lifted =
        jdbc.sql(
                """
                update recall set lifted_by = :officer, lifted_at = :now
                 where recall_id = :id and lifted_at is null and lift_proposed_by is not null
                   and lower(lift_proposed_by) <> lower(:officer)
                """)
            .param("officer", officer)
            .param("now", now())
            .param("id", id)
            .update();
    if (lifted != 1) {
      throw new RecallRefusedException("解除召回须由两人完成：一人申请，另一位合规人员确认。请刷新后由另一位合规人员确认。");
    }
    Recall recall = get(id);
    prove(EvidenceKind.RECALL_LIFTED, id, recall.target(), officer);
    events.publishEvent(new RecallLifted(id, recall.target(), recall.startedAt()));
  }

  /** The recall with this id. */
  public Optional<Recall> find(long id) {
    return jdbc.sql("select * from recall where recall_id = ?")
        .param(id)
        .query(Recalls::read)
        .optional();
  }

  /** The recall that stands over this target now. */
  public Optional<Recall> standing(RecallTarget target) {
    return jdbc.sql("select * from recall where kind = ? and target = ? and lifted_at is null")
        .params(target.kind().code(), target.value())
        .query(Recalls::read)
        .optional();
  }

  /** Recalls, newest first. */
  public List<Recall> page(boolean onlyStanding, int offset, int limit) {
    return jdbc.sql(
            """
            select * from recall where lifted_at is null or not :standing
             order by recall_id desc offset :offset limit :limit
            """)
        .param("standing", onlyStanding)
        .param("offset", offset)
        .param("limit", limit)
        .query(Recalls::read)
        .list();
  }

  /** Recalls that began in a span of time, oldest first. */
  public List<Recall> between(Instant from, Instant to) {
    return jdbc.sql(
            "select * from recall where started_at >= ? and started_at < ? order by recall_id")
        .params(Timestamp.from(from), Timestamp.from(to))
        .query(Recalls::read)
        .list();
  }

  private Recall get(long id) {
    return find(id).orElseThrow(() -> new RecallRefusedException("找不到这个召回，请刷新后再试。"));
  }

  private void prove(EvidenceKind kind, long id, RecallTarget target, String officer) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("kind", target.kind().code());
    // A phrase is words, and words are no facts of evidence; the recall's row keeps them.
    if (target.kind() != RecallKind.PHRASE) {
      facts.put("target", target.value());
    }
    evidence.append(new EvidenceEntry(kind, "recall:" + id, null, null, officer, facts));
  }

  private static String required(String reason) {
    String text = reason.strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new RecallRefusedException("请填写原因（不超过 200 字）。");
    }
    return text;
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  static Recall read(ResultSet row, int number) throws SQLException {
    return new Recall(
        row.getLong("recall_id"),
        new RecallTarget(RecallKind.of(row.getString("kind")), row.getString("target")),
        row.getString("reason"),
        row.getString("started_by"),
        row.getTimestamp("started_at").toInstant(),
        row.getLong("withheld"),
        row.getLong("taken_down"),
        row.getLong("held"),
        instant(row, "stopped_at"),
        row.getLong("reached"),
        instant(row, "listed_at"),
        row.getString("lift_reason"),
        row.getString("lift_proposed_by"),
        instant(row, "lift_proposed_at"),
        row.getString("lifted_by"),
        instant(row, "lifted_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
