package io.waymark.contact;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a customer has heard at one step of a journey, when somebody moves him so that he comes to
 * that step, or to the one that took its place, once more: the claim goes along to his next visit
 * there, which finds it and sends nothing. A message that was withheld or failed was not heard and
 * keeps nobody from hearing it.
 */
@Component
public class HeardMessages {

  private static final String HEARD = "('waiting', 'sent', 'delivered', 'unknown')";

  private final JdbcClient jdbc;

  HeardMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A step a participation may come to again.
   *
   * @param node where the message was sent
   * @param visits visits of that node so far
   * @param target node whose next visit must not send it again; may be the same
   * @param nextVisit number that visit will have
   * @param behind whether the customer would not have come to {@code node} again by himself; if he
   *     would, only a claim that was carried there before and not met yet goes along
   */
  public record Again(
      long participationId,
      long customerId,
      String node,
      int visits,
      String target,
      int nextVisit,
      boolean behind) {}

  /**
   * Carries the last claim of each step to the visit that must not repeat it. The caller holds the
   * locks of the customers.
   *
   * @return how many claims were carried
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int carry(List<Again> steps) {
    if (steps.isEmpty()) {
      return 0;
    }
    return jdbc.sql(
            """
            with wanted as
              (select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::int[], ?::text[],
                                    ?::int[], ?::boolean[])
                 as w (participation_id, customer_id, node, visits, target, next_visit, behind)),
            heard as
              (select distinct on (w.participation_id, w.target)
                      c.message_id, w.target, w.next_visit
                 from wanted w
                 join message_claim c
                   on c.customer_id = w.customer_id and c.participation_id = w.participation_id
                  and c.node = w.node and (w.behind or c.visit > w.visits)
                 join message m on m.message_id = c.message_id
                  and m.status in %s
                order by w.participation_id, w.target, c.claimed_at desc)
            update message_claim c set node = h.target, visit = h.next_visit
              from heard h
             where c.message_id = h.message_id
               and not exists (select from message_claim s
                                where s.customer_id = c.customer_id
                                  and s.participation_id = c.participation_id
                                  and s.node = h.target and s.visit = h.next_visit)
            """
                .formatted(HEARD))
        .params(
            Column.number(steps, Again::participationId),
            Column.number(steps, Again::customerId),
            Column.text(steps, Again::node),
            Column.integer(steps, Again::visits),
            Column.text(steps, Again::target),
            Column.integer(steps, Again::nextVisit),
            steps.stream().map(Again::behind).toArray(Boolean[]::new))
        .update();
  }

  /** The nodes of a participation at which a message was heard. */
  public List<String> at(long customerId, long participationId) {
    return jdbc.sql(
            """
            select distinct c.node from message_claim c join message m on m.message_id = c.message_id
             where c.customer_id = ? and c.participation_id = ? and m.status in %s
             order by c.node
            """
                .formatted(HEARD))
        .params(customerId, participationId)
        .query(String.class)
        .list();
  }
}
