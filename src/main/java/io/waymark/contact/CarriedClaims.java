package io.waymark.contact;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages one record of a person received in a journey count as sent for the way that goes on
 * through the same journey: the step that comes to their node finds the claim and sends nothing.
 */
@Component
public class CarriedClaims {

  private final JdbcClient jdbc;

  CarriedClaims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Which messages count as said. */
  public enum Said {
    /** Those that left, or may have: what waits is withheld, because the gate knows nobody. */
    GONE,
    /** Also what still waits: it will be sent. */
    PROMISED
  }

  /**
   * Carries claims to another participation. The caller holds the locks of both customers.
   *
   * @param from participations of one customer in one journey, which have ended
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void carry(
      Collection<Long> from,
      long fromCustomerId,
      long toParticipationId,
      long toCustomerId,
      Said said) {
    // A dispatcher that has one of them in hand either commits first, and it counts as under way,
    // or comes after this transaction and is told that the customer is merged.
    jdbc.sql(
            """
            select message_id from outbox where customer_id = ? order by message_id for update
            """)
        .param(fromCustomerId)
        .query()
        .listOfRows();
    jdbc.sql(
            """
            with gone as
              (select distinct on (c.node, c.visit) c.message_id, c.node, c.visit
                 from message_claim c
                 join message m on m.message_id = c.message_id
                 left join outbox o on o.message_id = c.message_id
                where c.customer_id = :fromCustomer and c.participation_id = any(:from)
                  and (m.status in ('sent', 'delivered', 'unknown')
                       or o.state in ('taken', 'sending', 'unknown', 'awaiting')
                       or (:promised and o.message_id is not null))
                order by c.node, c.visit, c.claimed_at desc)
            update message_claim c
               set customer_id = :to, participation_id = :participation
              from gone g
             where c.message_id = g.message_id
               and not exists (select from message_claim s
                                where s.customer_id = :to and s.participation_id = :participation
                                  and s.node = g.node and s.visit = g.visit)
            """)
        .param("fromCustomer", fromCustomerId)
        .param("from", Column.ids(from))
        .param("promised", said == Said.PROMISED)
        .param("to", toCustomerId)
        .param("participation", toParticipationId)
        .update();
  }
}
