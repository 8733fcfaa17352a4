package io.waymark.contact;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages a merged record received in a journey count as sent for the survivor's way through the
 * same journey: the step that comes to their node finds the claim and sends nothing. What had not
 * left stays unsent, because the gate knows no merged record, and so keeps nobody from hearing it.
 */
@Component
public class CarriedClaims {

  private final JdbcClient jdbc;

  CarriedClaims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Carries the claims of messages that left, or may have, to another participation. The caller
   * holds the locks of both customers.
   *
   * @param from participations of the absorbed customer in one journey
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void carry(
      Collection<Long> from, long absorbedId, long toParticipationId, long toCustomerId) {
    // A dispatcher that has one of them in hand either commits first, and it counts as under way,
    // or comes after this transaction and is told that the customer is merged.
    jdbc.sql(
            """
            select message_id from outbox where customer_id = ? order by message_id for update
            """)
        .param(absorbedId)
        .query()
        .listOfRows();
    jdbc.sql(
            """
            with gone as
              (select distinct on (c.node, c.visit) c.message_id, c.node, c.visit
                 from message_claim c
                 join message m on m.message_id = c.message_id
                 left join outbox o on o.message_id = c.message_id
                where c.customer_id = :absorbed and c.participation_id = any(:from)
                  and (m.status in ('sent', 'delivered', 'unknown')
                       or o.state in ('taken', 'sending', 'unknown', 'awaiting'))
                order by c.node, c.visit, c.claimed_at desc)
            update message_claim c
               set customer_id = :to, participation_id = :participation
              from gone g
             where c.message_id = g.message_id
               and not exists (select from message_claim s
                                where s.customer_id = :to and s.participation_id = :participation
                                  and s.node = g.node and s.visit = g.visit)
            """)
        .param("absorbed", absorbedId)
        .param("from", Column.ids(from))
        .param("to", toCustomerId)
        .param("participation", toParticipationId)
        .update();
  }
}
