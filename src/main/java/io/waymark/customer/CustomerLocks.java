package io.waymark.customer;

import io.waymark.customer.event.EventQueue;
import io.waymark.platform.rehearsal.Rehearsing;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets only one transaction at a time move a customer: entering a journey, delivering an event, or
 * coming to a wait. Without it, an event delivered while its wait is being committed would be seen
 * by neither. {@link EventQueue} takes the same locks; see {@code docs/decisions/event-waits.md}.
 */
@Component
public class CustomerLocks {

  /** First key of the advisory locks that stand for customers. */
  static final int SPACE = 0x65767471;

  private final JdbcClient jdbc;

  CustomerLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Waits for the locks of the customers a query names, in customer order: one statement.
   *
   * @param customers a query for customer ids, with one parameter {@code ids}
   * @return who is locked now
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Set<Long> lockThose(String customers, Collection<Long> ids) {
    Set<Long> locked = new HashSet<>();
    jdbc.sql(
            """
            select id, pg_advisory_xact_lock(:space, hashint8(id))
              from (select distinct customer_id as id from (%s) as named order by 1) as ordered
            """
                .formatted(customers))
        .param("space", Rehearsing.lockSpace(SPACE))
        .param("ids", ids.toArray(Long[]::new))
        .query(
            row -> {
              locked.add(row.getLong("id"));
            });
    return locked;
  }

  /** Waits for the locks of these customers, in customer order, until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void lock(Collection<Long> customerIds) {
    Long[] ordered = customerIds.stream().distinct().sorted().toArray(Long[]::new);
    jdbc.sql(
            """
            select count(pg_advisory_xact_lock(:space, hashint8(id)))
              from (select id from unnest(:ids) as id order by id) as ordered
            """)
        .param("space", Rehearsing.lockSpace(SPACE))
        .param("ids", ordered)
        .query(Long.class)
        .single();
  }
}
