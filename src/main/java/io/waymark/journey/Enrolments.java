package io.waymark.journey;

import io.waymark.platform.rehearsal.Rehearsing;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who was asked to enter which journey, and what became of it. Owns {@code enrolment}.
 *
 * <p>Nobody is dropped silently: a customer refused by re-entry, holdout or filter, or whose start
 * failed, stays as a row with the reason.
 */
@Component
public class Enrolments {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final Traces traces;

  Enrolments(
      JdbcClient jdbc,
      JdbcTemplate template,
      Clock clock,
      ApplicationEventPublisher events,
      Traces traces) {
    this.jdbc = jdbc;
    this.template = template;
    this.clock = clock;
    this.events = events;
    this.traces = traces;
  }

  /** How many customers of one journey stand at each status. */
  public record StatusCount(
      String journeyKey, String status, @Nullable String reason, long count) {}

  /** Those of these wishes, of one journey and cause, that nobody has made before. */
  List<EntryRequest> unknownAmong(List<EntryRequest> requests) {
    if (requests.isEmpty()) {
      return requests;
    }
    Set<String> known =
        Set.copyOf(
            jdbc.sql(
                    """
                    select e.customer_id || ' ' || e.cause_ref from enrolment e
                      join unnest(:customers, :refs) as w (customer_id, cause_ref)
                        using (customer_id, cause_ref)
                     where e.journey_key = :journey and e.cause = :cause
                    """)
                .param(
                    "customers",
                    requests.stream().map(EntryRequest::customerId).toArray(Long[]::new))
                .param("refs", requests.stream().map(EntryRequest::causeRef).toArray(String[]::new))
                .param("journey", requests.get(0).version().key())
                .param("cause", requests.get(0).cause().code())
                .query(String.class)
                .list());
    Set<String> seen = new HashSet<>(known);
    return requests.stream()
        .filter(one -> seen.add(one.customerId() + " " + one.causeRef()))
        .toList();
  }

  /** Queues wishes; one already known by its cause is left alone. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void request(List<EntryRequest> requests) {
    OffsetDateTime now = now();
    template.batchUpdate(
        """
        insert into enrolment (journey_key, journey_version_id, customer_id, branch, cause,
                               cause_ref, entry_event_seq, priority, status, requested_at, trace)
        values (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)
        on conflict (journey_key, customer_id, cause, cause_ref) do nothing
        """,
        new BatchPreparedStatementSetter() {
          @Override
          public void setValues(PreparedStatement row, int index) throws SQLException {
            EntryRequest request = requests.get(index);
            row.setString(1, request.version().key());
            row.setLong(2, request.version().id());
            row.setLong(3, request.customerId());
            row.setString(4, request.branch());
            row.setString(5, request.cause().code());
            row.setString(6, request.causeRef());
            row.setObject(7, request.entryEventSeq());
            row.setInt(8, request.version().settings().priority());
            row.setObject(9, now);
            row.setString(10, traced(request));
          }

          @Override
          public int getBatchSize() {
            return requests.size();
          }
        });
    wake();
  }

  private @Nullable String traced(EntryRequest request) {
    Long seq = request.entryEventSeq();
    return seq == null ? null : traces.context(Traced.event(seq));
  }

  /**
   * Takes queued wishes of one journey version at a time, highest priority first, and keeps them
   * for this transaction.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Enrolment> lockNext(int max) {
    return jdbc.sql(
            """
            with head as (
              select journey_version_id from enrolment
               where status = 'queued' order by priority desc, id limit 1)
            select e.id, e.journey_key, e.journey_version_id, e.customer_id, e.branch,
                   e.entry_event_seq, e.trace
              from enrolment e join head using (journey_version_id)
             where e.status = 'queued'
             order by e.id
             limit :max
               for update of e skip locked
            """)
        .param("max", max)
        .query(Enrolment.class)
        .list();
  }

  /** Takes one queued wish, or nothing when somebody else has it. */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Enrolment> lock(long id) {
    return jdbc.sql(
            """
            select id, journey_key, journey_version_id, customer_id, branch, entry_event_seq, trace
              from enrolment where id = :id and status = 'queued' for update skip locked
            """)
        .param("id", id)
        .query(Enrolment.class)
        .list();
  }

  /** Settles wishes that were refused; reason code per enrolment id. */
  void refused(Map<Long, String> reasons) {
    settle("refused", reasons, Map.of());
  }

  /** Settles wishes that led to a participation; participation id per enrolment id. */
  void started(Map<Long, Long> participations) {
    settle("started", Map.of(), participations);
  }

  /** Settles one wish whose start failed. */
  @Transactional
  public void failed(long id, String reason) {
    settle("failed", Map.of(id, reason), Map.of());
  }

  /**
   * Puts a failed wish back into the queue.
   *
   * @return false when it is not failed any more, or not in these branches
   */
  @Transactional
  public boolean retry(long id, BranchScope scope) {
    boolean queued =
        jdbc.sql(
                    """
                    update enrolment set status = 'queued', reason = null, settled_at = null
                     where id = :id and status = 'failed'
                       and (:everywhere or branch = any(:branches))
                    """)
                .param("id", id)
                .param("everywhere", scope.all())
                .param("branches", scope.asArray())
                .update()
            == 1;
    if (queued) {
      wake();
    }
    return queued;
  }

  /**
   * One page of customers whose start failed, latest failure first.
   *
   * @param journeyKey null for every journey
   */
  public List<FailedEnrolment> failed(
      @Nullable String journeyKey, BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            """
            select e.id, e.journey_key, v.version, e.customer_id, e.branch, e.cause, e.reason,
                   e.settled_at as failed_at
              from enrolment e join journey_version v on v.id = e.journey_version_id
             where e.status = 'failed'
               and (:everywhere or e.branch = any(:branches))
               and (:journey::text is null or e.journey_key = :journey)
             order by e.settled_at desc, e.id desc
            offset :offset limit :limit
            """)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("journey", journeyKey)
        .param("offset", offset)
        .param("limit", limit)
        .query(FailedEnrolment.class)
        .list();
  }

  /** Counts per journey, status and reason since a moment, for screens. */
  public List<StatusCount> counts(OffsetDateTime since) {
    return jdbc.sql(
            """
            select journey_key, status, reason, count(*) as count
              from enrolment where requested_at >= :since
             group by journey_key, status, reason
             order by journey_key, status, count desc
            """)
        .param("since", since)
        .query(StatusCount.class)
        .list();
  }

  private void wake() {
    // Live workers would look for what is on a stage and find nothing.
    if (!Rehearsing.on()) {
      events.publishEvent(new EnrolmentsQueued());
    }
  }

  private void settle(String status, Map<Long, String> reasons, Map<Long, Long> participations) {
    Collection<Long> ids = reasons.isEmpty() ? participations.keySet() : reasons.keySet();
    if (ids.isEmpty()) {
      return;
    }
    List<Long> ordered = List.copyOf(ids);
    Map<Long, String> reasonOf = new HashMap<>(reasons);
    jdbc.sql(
            """
            update enrolment e
               set status = :status, reason = s.reason, participation_id = s.participation,
                   settled_at = :now
              from unnest(:ids, :reasons, :participations) as s (id, reason, participation)
             where e.id = s.id and e.status = 'queued'
            """)
        .param("status", status)
        .param("now", now())
        .param("ids", array("bigint", ordered.toArray()))
        .param("reasons", array("text", ordered.stream().map(reasonOf::get).toArray()))
        .param(
            "participations", array("bigint", ordered.stream().map(participations::get).toArray()))
        .update();
  }

  private Array array(String type, @Nullable Object[] values) {
    Array array =
        template.execute(
            (java.sql.Connection connection) -> connection.createArrayOf(type, values));
    return java.util.Objects.requireNonNull(array);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
