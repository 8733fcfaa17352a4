package io.waymark.journey;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
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

  /** Sequence numbers of the events the participation has used. */
  public List<Long> of(long participationId) {
    return jdbc.sql("select event_seq from event_use where participation_id = :participation")
        .param("participation", participationId)
        .query(Long.class)
        .list();
  }

  /**
   * Notes that the event moves the participation.
   *
   * @return false when it did before, and must not again
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean use(long participationId, long eventSeq) {
    return jdbc.sql(
                """
                insert into event_use (participation_id, event_seq, used_at)
                values (:participation, :event, :now)
                on conflict do nothing
                """)
            .param("participation", participationId)
            .param("event", eventSeq)
            .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
            .update()
        == 1;
  }
}
