package io.waymark.segment.live;

import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.Sql;
import io.waymark.segment.rule.Sweep;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps by which members are kept. Each is one transaction under one lock of the cluster, so
 * that no answer found earlier is written after one found later; what a killed step had taken up is
 * there again.
 */
@Component
public class LiveKeeping {

  private static final Logger log = LoggerFactory.getLogger(LiveKeeping.class);
  private static final int BATCH = 1_000;
  private static final int FILL = 50_000;

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final Membership membership;
  private final TransactionTemplate transaction;
  private final Clock clock;

  LiveKeeping(
      JdbcClient jdbc,
      Audiences audiences,
      AudienceQuestions questions,
      Membership membership,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.questions = questions;
    this.membership = membership;
    this.transaction = transaction;
    this.clock = clock;
  }

  private record Changed(String audience, long customerId, boolean kept) {}

  private record Fill(String audience, long filledTo, long fillEnd, boolean telling) {}

  private record Swept(String audience, Instant sweptTo) {}

  /**
   * Tests the customers whose facts have changed.
   *
   * @return how many changes were worked off; 0 when nothing is to do or another node does it
   */
  public int followChanges() {
    return alone(
        () -> {
          Map<String, List<Long>> byAudience = new TreeMap<>();
          List<Changed> changes = taken();
          changes.stream()
              .filter(Changed::kept)
              .forEach(
                  change ->
                      byAudience
                          .computeIfAbsent(change.audience(), any -> new ArrayList<>())
                          .add(change.customerId()));
          Instant now = clock.instant();
          byAudience.forEach((audience, customers) -> membership.test(audience, customers, now));
          return changes.size();
        });
  }

  /**
   * Changes of an audience that is being filled wait: the fill may have gone past the customer.
   * Those of an audience that is kept no more are dropped.
   */
  private List<Changed> taken() {
    return jdbc.sql(
            """
                delete from audience_dirty
                 where id = any(array(
                   select d.id
                     from audience_dirty d left join audience_state s on s.audience = d.audience
                    where s.status is null or s.status = 'kept' order by d.id limit ?))
                returning audience, customer_id,
                  exists (select from audience_state s where s.audience = audience_dirty.audience)
                    as kept
                """)
        .param(BATCH)
        .query(Changed.class)
        .list();
  }

  /**
   * Notes the customers whose answer the clock may have changed since the last time.
   *
   * @return how many were noted
   */
  public int followClock() {
    List<Swept> live =
        jdbc.sql(
                """
                select audience, swept_to from audience_state
                 where live and status = 'kept' order by audience
                """)
            .query(
                (row, number) ->
                    new Swept(row.getString("audience"), row.getTimestamp("swept_to").toInstant()))
            .list();
    int noted = 0;
    for (Swept one : live) {
      try {
        noted += alone(() -> sweep(one.audience()));
      } catch (RuntimeException failure) {
        // An audience that cannot be asked, as when a calendar is missing, must not hold up others.
        log.error("Audience {} could not follow the clock", one.audience(), failure);
      }
    }
    return noted;
  }

  private int sweep(String audience) {
    Optional<Instant> swept =
        jdbc.sql(
                """
                select swept_to from audience_state
                 where audience = ? and live and status = 'kept' for update
                """)
            .param(audience)
            .query((row, number) -> row.getTimestamp(1).toInstant())
            .optional();
    Moment now = questions.moment(clock.instant());
    if (swept.isEmpty() || !swept.get().isBefore(now.now())) {
      return 0;
    }
    Resolving resolving = audiences.resolving(audience);
    List<Sql> sweeps = new Sweep(now.at(swept.get()), now).of(resolving.rule(), resolving);
    if (sweeps.isEmpty()) {
      return 0;
    }
    int noted = 0;
    for (Sql sweep : sweeps) {
      Sql noting =
          Sql.sql(
                  """
                  insert into audience_dirty (audience, customer_id)
                  select distinct ?, s.customer_id from (""",
                  audience)
              .with(sweep)
              .with(Sql.sql(") s"));
      noted += jdbc.sql(noting.text()).params(noting.values()).update();
    }
    jdbc.sql("update audience_state set swept_to = ? where audience = ?")
        .params(Timestamp.from(now.now()), audience)
        .update();
    return noted;
  }

  /**
   * Goes one step on with the audience whose members are being found.
   *
   * @return whether there is more to do
   */
  public boolean fill() {
    return alone(
            () -> {
              begin();
              return jdbc.sql(
                      """
                      select audience, filled_to, fill_end, telling from audience_state
                       where status = 'filling' order by audience limit 1
                      """)
                  .query(Fill.class)
                  .optional()
                  .map(this::fill)
                  .orElse(0);
            })
        > 0;
  }

  /** A transaction older than the interest may still change facts without a note: it must end. */
  private void begin() {
    jdbc.sql(
            """
            update audience_state
               set status = 'filling', filled_to = 0, swept_to = ?,
                   fill_end = (select coalesce(max(id), 0) from customer)
             where status = 'waiting'
               and known_since < pg_snapshot_xmin(pg_current_snapshot())
            """)
        .param(Timestamp.from(clock.instant()))
        .update();
  }

  private int fill(Fill fill) {
    long upTo = fill.filledTo() + FILL;
    membership.fill(fill.audience(), fill.filledTo(), upTo, fill.telling(), clock.instant());
    jdbc.sql(
            """
            update audience_state
               set filled_to = ?, status = case when ? >= fill_end then 'kept' else status end
             where audience = ?
            """)
        .params(upTo, upTo, fill.audience())
        .update();
    return 1;
  }

  private int alone(IntSupplier step) {
    Integer done =
        transaction.execute(
            status ->
                jdbc.sql("select pg_try_advisory_xact_lock(hashtext('waymark.audience.live'))")
                        .query(Boolean.class)
                        .single()
                    ? step.getAsInt()
                    : 0);
    return done == null ? 0 : done;
  }
}
