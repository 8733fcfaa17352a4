package io.waymark.journey;

import io.waymark.contact.CarriedClaims;
import io.waymark.contact.FollowingMessages;
import io.waymark.customer.identity.CustomersMerged;
import io.waymark.customer.identity.MergeUndone;
import java.util.Collection;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The journeys of an absorbed record go on as the survivor's, and go back when the merge is undone.
 * Comes after the engine has ended the later way where both were in the same journey; nothing that
 * one of them heard there is said again.
 */
@Component
class MergedWays {

  private final JdbcClient jdbc;
  private final Participations participations;
  private final CarriedClaims claims;
  private final FollowingMessages messages;

  MergedWays(
      JdbcClient jdbc,
      Participations participations,
      CarriedClaims claims,
      FollowingMessages messages) {
    this.jdbc = jdbc;
    this.participations = participations;
    this.claims = claims;
    this.messages = messages;
  }

  @EventListener
  @Order(2)
  void on(CustomersMerged merged) {
    List<Participation> absorbed = participations.ofCustomer(merged.absorbedId());
    List<Participation> own = participations.ofCustomer(merged.survivorId());
    own.stream()
        .filter(MergedWays::inside)
        .forEach(way -> carry(absorbed, way, CarriedClaims.Said.GONE));
    List<Participation> going = absorbed.stream().filter(MergedWays::inside).toList();
    going.forEach(
        way ->
            carry(
                own.stream().filter(MergedWays::twice).toList(), way, CarriedClaims.Said.PROMISED));
    List<Long> ids = going.stream().map(Participation::id).toList();
    if (!ids.isEmpty()) {
      messages.follow(ids, merged.absorbedId(), merged.survivorId());
      own(ids, merged.survivorId());
      jdbc.sql("update participation set merges = merges || ?::bigint where id = any(?)")
          .params(merged.mergeId(), ids.toArray(Long[]::new))
          .update();
    }
    queueForSurvivor(merged);
  }

  @EventListener
  @Order(2)
  void on(MergeUndone undone) {
    List<Long> ids =
        jdbc.sql(
                """
                select id from participation
                 where merges @> array[:merge]::bigint[] and merges[cardinality(merges)] = :merge
                   and customer_id = :survivor
                 order by id
                """)
            .param("merge", undone.mergeId())
            .param("survivor", undone.survivorId())
            .query(Long.class)
            .list();
    if (!ids.isEmpty()) {
      messages.follow(ids, undone.survivorId(), undone.absorbedId());
      own(ids, undone.absorbedId());
      jdbc.sql(
              """
              update participation set merges = trim_array(merges, 1) where id = any(?)
              """)
          .param(ids.toArray(Long[]::new))
          .update();
    }
  }

  private void carry(List<Participation> from, Participation to, CarriedClaims.Said said) {
    List<Participation> same =
        from.stream()
            .filter(one -> one.journeyKey().equals(to.journeyKey()) && !inside(one))
            .toList();
    if (!same.isEmpty()) {
      claims.carry(
          same.stream().map(Participation::id).toList(),
          same.get(0).customerId(),
          to.id(),
          to.customerId(),
          said);
    }
  }

  private void own(Collection<Long> ids, long customerId) {
    jdbc.sql(
            """
            update participation p set customer_id = c.id, branch = c.branch
              from customer c where c.id = ? and p.id = any(?)
            """)
        .params(customerId, ids.toArray(Long[]::new))
        .update();
  }

  /**
   * Who waits at the door of a journey waits as the survivor. A wish that is being admitted this
   * moment is left to whoever holds it.
   */
  private void queueForSurvivor(CustomersMerged merged) {
    jdbc.sql(
            """
            with free as
              (select e.id from enrolment e
                where e.customer_id = :absorbed and e.status in ('queued', 'held')
                  and not exists (select from enrolment s
                                   where s.customer_id = :survivor
                                     and (s.journey_key, s.cause, s.cause_ref) =
                                         (e.journey_key, e.cause, e.cause_ref))
                order by e.id for update skip locked)
            update enrolment e set customer_id = c.id, branch = c.branch
              from free, customer c where e.id = free.id and c.id = :survivor
            """)
        .param("absorbed", merged.absorbedId())
        .param("survivor", merged.survivorId())
        .update();
  }

  private static boolean inside(Participation way) {
    return way.leftAt() == null;
  }

  private static boolean twice(Participation way) {
    return Participations.TWICE.equals(way.leftReason());
  }
}
