package io.waymark.journey;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which customer events have moved which participation. Owns {@code event_use}. */
@Component
public class EventUses {

  private final JdbcClient jdbc;
  private final Clock clock;

  EventUses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The events each of these participations has used. */
  public Set<Use> of(Collection<Long> participationIds) {
    return Set.copyOf(
        jdbc.sql(
                """
                select participation_id, event_seq from event_use
                 where participation_id = any(:participations)
                """)
            .param("participations", participationIds.toArray(Long[]::new))
            .query(Use.class)
            .list());
  }

  /**
   * One event that moves one participation.
   *
   * @param eventSeq sequence number of the event
   */
  public record Use(long participationId, long eventSeq) {}

  /**
   * Notes that events move participations.
   *
   * @return those that did not before; the others must not again
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Set<Use> use(Collection<Use> uses) {
    return Set.copyOf(
        jdbc.sql(
                """
                insert into event_use (participation_id, event_seq, used_at)
                select participation, event, :now
                  from unnest(:participations, :events) as u (participation, event)
                    on conflict do nothing
                returning participation_id, event_seq
                """)
            .param("participations", uses.stream().map(Use::participationId).toArray(Long[]::new))
            .param("events", uses.stream().map(Use::eventSeq).toArray(Long[]::new))
            .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
            .query(Use.class)
            .list());
  }
}
