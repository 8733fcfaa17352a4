package io.waymark.customer.identity;

import io.waymark.customer.CustomerLocks;
import io.waymark.platform.database.Columns;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.platform.rehearsal.Rehearsing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records that state the same identity. Whatever door states one notes it here in its own
 * transaction, by one statement for the whole batch; whether they are one person is judged right
 * after, in a transaction that holds the locks of both. Table {@code identity_link}.
 */
@Component
public class IdentityLinks {

  private static final Logger log = LoggerFactory.getLogger(IdentityLinks.class);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final RulesInForce rules;
  private final PersonFactsReader reader;
  private final CustomerLocks locks;
  private final CustomerMerges merges;
  private final IdentityCases cases;
  private final TransactionTemplate transaction;
  private final Clock clock;

  IdentityLinks(
      JdbcClient jdbc,
      RulesInForce rules,
      PersonFactsReader reader,
      CustomerLocks locks,
      CustomerMerges merges,
      IdentityCases cases,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.rules = rules;
    this.reader = reader;
    this.locks = locks;
    this.merges = merges;
    this.cases = cases;
    this.transaction = transaction;
    this.clock = clock;
  }

  private record Link(long id, long oneId, long otherId, int asked, int attempts) {

    List<Long> both() {
      return List.of(oneId, otherId);
    }
  }

  /** Notes whoever else states one of these identities, which are written already. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void note(Collection<StatedIdentity> stated) {
    List<StatedIdentity> asking =
        stated.stream().filter(one -> rules.of(one.type()).asks()).toList();
    if (asking.isEmpty() || Rehearsing.on()) {
      return;
    }
    Instant now = clock.instant();
    jdbc.sql(
            """
            insert into identity_link as l (one_id, other_id, branch, type, found_at, due_at)
            select distinct on (1, 2, 4)
                   least(a.id, b.id), greatest(a.id, b.id), a.branch, g.type, :now, :now
              from unnest(:customers::bigint[], :types::text[], :hashes::bytea[],
                          :since::timestamptz[]) as g (customer_id, type, hash, since)
              join customer_identity i
                on i.type = g.type and i.hash = g.hash and i.customer_id <> g.customer_id
               and i.stated_at >= g.since
              join customer a on a.id = g.customer_id
              join customer b on b.id = i.customer_id
             where coalesce(a.merged_into, a.id) <> coalesce(b.merged_into, b.id)
               and a.erased_at is null and b.erased_at is null
             order by 1, 2, 4
            on conflict (one_id, other_id, type) do update
               set asked = l.asked + 1, due_at = excluded.due_at, attempts = 0
            """)
        .param("now", Columns.timestamp(now))
        .param("customers", Columns.longs(asking, StatedIdentity::customerId))
        .param("types", Columns.texts(asking, one -> one.type().code()))
        .param("hashes", Columns.bytes(asking, StatedIdentity::hash))
        .param("since", Columns.instants(asking, one -> rules.of(one.type()).validSince(now)))
        .update();
  }

  /**
   * Judges links that are due, each in a transaction of its own. Must not be called inside one.
   *
   * @return how many were looked at
   */
  public int judgeDue(int max) {
    List<Link> due = due(max);
    due.forEach(this::judge);
    return due.size();
  }

  private List<Link> due(int max) {
    return jdbc.sql(
            """
            select id, one_id, other_id, asked, attempts from identity_link
             where due_at <= ? order by due_at, id limit ?
            """)
        .params(Columns.timestamp(clock.instant()), max)
        .query(Link.class)
        .list();
  }

  /** The link goes in a transaction of its own: an import that states it again waits for it. */
  private void judge(Link link) {
    try {
      Boolean decided = transaction.execute(status -> decide(link));
      if (Boolean.TRUE.equals(decided)) {
        jdbc.sql("delete from identity_link where id = ? and asked = ?")
            .params(link.id(), link.asked())
            .update();
      }
    } catch (RuntimeException later) {
      log.warn("Identity link {} could not be judged: {}", link.id(), later.getClass().getName());
      Duration pause = Duration.ofSeconds(1L << Math.min(link.attempts() + 1, 12));
      jdbc.sql("update identity_link set attempts = attempts + 1, due_at = ? where id = ?")
          .params(
              Columns.timestamp(
                  clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)),
              link.id())
          .update();
    }
  }

  /** False when the persons changed while their locks were awaited: the next round looks again. */
  private boolean decide(Link link) {
    Set<Long> before = records(reader.of(link.both()));
    locks.lock(before);
    List<PersonFacts> persons = reader.of(link.both());
    if (!records(persons).equals(before)) {
      return false;
    }
    PolicyInForce<IdentityRules> inForce = rules.now();
    if (persons.size() == 2 && !cases.apart(persons.get(0).ids(), persons.get(1).ids())) {
      List<PersonFacts> ordered = new ArrayList<>(persons);
      ordered.sort(Comparator.comparingLong(PersonFacts::id));
      act(link, inForce, ordered.get(0), ordered.get(1));
    }
    return true;
  }

  private void act(
      Link link, PolicyInForce<IdentityRules> inForce, PersonFacts one, PersonFacts other) {
    IdentityVerdict verdict = IdentityJudge.judge(inForce.value(), one, other, clock.instant());
    if (verdict instanceof IdentityVerdict.Same same) {
      merges.joinByRule(inForce.version(), same.type(), one, other);
    } else if (verdict instanceof IdentityVerdict.Doubtful doubt) {
      cases.open(link.oneId(), link.otherId(), doubt, inForce.version());
    } else {
      cases.gone(one.ids(), other.ids());
    }
  }

  private static Set<Long> records(List<PersonFacts> persons) {
    return persons.stream()
        .flatMap(person -> person.ids().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
