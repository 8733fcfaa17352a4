package io.waymark.segment.live;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is kept as a member, since when. A member enters or leaves by one row that appears or goes,
 * and is told of by one event in the same transaction. Owns {@code audience_member}.
 */
@Component
public class Membership {

  /** A customer became a member; property {@code audience} says of which audience. */
  public static final String ENTERED = "audience.entered";

  /** A customer is a member no longer; property {@code audience} says of which audience. */
  public static final String LEFT = "audience.left";

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final CustomerEvents events;

  Membership(
      JdbcClient jdbc, Audiences audiences, AudienceQuestions questions, CustomerEvents events) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.questions = questions;
    this.events = events;
  }

  private record Flip(long number, long customerId, String branch, boolean entered) {}

  /** Kept members of an audience after a customer, by customer. */
  public List<AudienceMember> page(String code, long afterCustomer, int limit) {
    return jdbc.sql(
            """
            select customer_id, branch from audience_member
             where audience = ? and customer_id > ? order by customer_id limit ?
            """)
        .params(code, afterCustomer, limit)
        .query(AudienceMember.class)
        .list();
  }

  /** Codes of the kept audiences a customer is a member of, with since when. */
  public Map<String, Instant> of(long customerId) {
    var found = new TreeMap<String, Instant>();
    jdbc.sql(
            """
            select m.audience, m.since from audience_state s
              join audience_member m on m.audience = s.audience and m.customer_id = ?
            """)
        .param(customerId)
        .query(
            row -> {
              found.put(row.getString("audience"), row.getTimestamp("since").toInstant());
            });
    return found;
  }

  /**
   * Tests these customers anew.
   *
   * @return how many entered or left
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int test(String code, List<Long> customerIds, Instant now) {
    Object ids = customerIds.stream().distinct().toArray(Long[]::new);
    Resolving resolving = audiences.resolving(code);
    Sql truth = translation(resolving, now).truth(resolving.rule());
    return apply(
        code,
        Sql.sql("c.id = any(?) and ", ids).with(truth).with(Sql.sql(" is true")),
        Sql.sql("m.customer_id = any(?)", ids),
        true,
        now);
  }

  /** Finds the members among the customers after one id up to another. */
  @Transactional(propagation = Propagation.MANDATORY)
  int fill(String code, long after, long upTo, boolean telling, Instant now) {
    Resolving resolving = audiences.resolving(code);
    return apply(
        code,
        Sql.sql("c.id > ? and c.id <= ? and ", after, upTo)
            .with(translation(resolving, now).selecting(resolving.rule())),
        Sql.sql("m.customer_id > ? and m.customer_id <= ?", after, upTo),
        telling,
        now);
  }

  private RuleSql translation(Resolving resolving, Instant now) {
    Moment moment = questions.moment(now);
    return new RuleSql(moment, resolving);
  }

  private int apply(String code, Sql chosen, Sql concerned, boolean telling, Instant now) {
    Timestamp since = Timestamp.from(now);
    Sql question =
        Sql.sql("with chosen as materialized (select c.id, c.branch from customer c where ")
            .with(chosen)
            .with(
                Sql.sql(
                    """
                    ), came as (
                      insert into audience_member as m (audience, customer_id, branch, since)
                      select ?, id, branch, ? from chosen order by id
                      on conflict (audience, customer_id) do update set branch = excluded.branch
                       where m.branch <> excluded.branch
                      returning m.customer_id, m.branch, xmax = 0 as new
                    ), gone as (
                      delete from audience_member m
                       where m.audience = ? and\s""",
                    code,
                    since,
                    code))
            .with(concerned)
            .with(
                Sql.sql(
                    """
                     and not exists (select from chosen where chosen.id = m.customer_id)
                      returning m.customer_id, m.branch)
                    select nextval('audience_flip_seq') as number, customer_id, branch, entered
                      from (select customer_id, branch, true as entered from came where new
                            union all
                            select customer_id, branch, false from gone) flip
                     order by customer_id"""));
    List<Flip> flips = jdbc.sql(question.text()).params(question.values()).query(Flip.class).list();
    if (telling && !flips.isEmpty()) {
      events.record(flips.stream().map(flip -> told(code, flip, now)).toList());
    }
    return flips.size();
  }

  private static InternalEvent told(String code, Flip flip, Instant now) {
    return new InternalEvent(
        "segment",
        "flip-" + flip.number(),
        flip.customerId(),
        flip.branch(),
        flip.entered() ? ENTERED : LEFT,
        now,
        Map.of("audience", code));
  }
}
