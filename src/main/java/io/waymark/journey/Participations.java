package io.waymark.journey;

import io.waymark.customer.CustomerLocks;
import io.waymark.customer.event.LatestEvents;
import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is or was in which journey. Owns {@code participation}; where exactly a customer stands is
 * known by the engine alone.
 */
@Component
public class Participations {

  /** Why the later of two ways of one person through the same journey ends. */
  public static final String TWICE = "merged_twice";

  private static final int SEQUENCE_STEP = 50;

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final Clock clock;
  private final LatestEvents events;
  private final CustomerLocks locks;
  private final Traces traces;

  Participations(
      JdbcClient jdbc,
      JdbcTemplate template,
      Clock clock,
      LatestEvents events,
      CustomerLocks locks,
      Traces traces) {
    this.locks = locks;
    this.jdbc = jdbc;
    this.template = template;
    this.clock = clock;
    this.events = events;
    this.traces = traces;
  }

  /** The participation with this id. */
  public Optional<Participation> find(long id) {
    return jdbc.sql(Participation.COLUMNS + " where p.id = :id")
        .param("id", id)
        .query(Participation.class)
        .optional();
  }

  /** The participations with these ids. */
  public List<Participation> findAll(Collection<Long> ids) {
    return jdbc.sql(Participation.COLUMNS + " where p.id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .query(Participation.class)
        .list();
  }

  /** Everything one customer took part in, newest first. */
  public List<Participation> ofCustomer(long customerId) {
    return jdbc.sql(Participation.COLUMNS + " where p.customer_id = :customer order by p.id desc")
        .param("customer", customerId)
        .query(Participation.class)
        .list();
  }

  /**
   * Where two records of one person are in the same journey, the way that began later: it ends,
   * because a person is in a journey once at a time. Whether and when he may enter again counts
   * from then, as the journey's re-entry says.
   */
  public List<Participation> later(long customerId, long otherCustomerId) {
    return jdbc.sql(
            Participation.COLUMNS
                + """
                 where p.left_at is null and p.customer_id in (:one, :other)
                   and exists (select from participation o
                                where o.left_at is null and o.journey_key = p.journey_key
                                  and o.customer_id in (:one, :other)
                                  and o.customer_id <> p.customer_id
                                  and (o.entered_at, o.id) < (p.entered_at, p.id))
                 order by p.id
                """)
        .param("one", customerId)
        .param("other", otherCustomerId)
        .query(Participation.class)
        .list();
  }

  /**
   * Locks the customers of these participations in customer order and reads the participations
   * after that: a merge may have given them to another customer meanwhile, who is locked too.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Participation> locked(Collection<Long> ids) {
    Set<Long> held =
        locks.lockThose("select customer_id from participation where id = any(:ids)", ids);
    List<Participation> found = findAll(ids);
    List<Long> others =
        found.stream().map(Participation::customerId).filter(id -> !held.contains(id)).toList();
    if (!others.isEmpty()) {
      locks.lock(others);
    }
    return found;
  }

  /** The participation an engine instance belongs to. */
  public Optional<Participation> ofInstance(String processInstanceId) {
    return jdbc.sql(Participation.COLUMNS + " where p.process_instance_id = :instance")
        .param("instance", processInstanceId)
        .query(Participation.class)
        .optional();
  }

  /**
   * Why customers may not enter now, by enrolment id: {@code already_in}, {@code reentry_never},
   * {@code reentry_too_soon}. Who is not named may enter.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  Map<Long, String> refusals(List<Enrolment> wishes, JourneySettings settings) {
    if (wishes.isEmpty()) {
      return Map.of();
    }
    Map<Long, Past> past = past(wishes.get(0).journeyKey(), wishes);
    Map<Long, String> refusals = new HashMap<>();
    for (Enrolment wish : wishes) {
      String refusal = refusal(past.get(wish.customerId()), settings.reentry());
      if (refusal != null) {
        refusals.put(wish.id(), refusal);
      }
    }
    return refusals;
  }

  private record Past(
      long customerId,
      boolean merged,
      boolean erased,
      boolean inside,
      @Nullable OffsetDateTime lastLeft) {}

  private Map<Long, Past> past(String journeyKey, List<Enrolment> wishes) {
    Map<Long, Past> past = new HashMap<>();
    jdbc.sql(
            """
            select c.id as customer_id, c.merged_into is not null as merged,
                   c.erased_at is not null as erased,
                   coalesce(bool_or(p.left_at is null) filter (where p.id is not null), false)
                     as inside,
                   max(p.left_at) as last_left
              from customer c
              left join person_record r on r.person = c.id
              left join participation p
                on p.customer_id = r.record and p.journey_key = :journey
             where c.id = any(:customers)
             group by c.id
            """)
        .param("journey", journeyKey)
        .param("customers", wishes.stream().map(Enrolment::customerId).toArray(Long[]::new))
        .query(Past.class)
        .list()
        .forEach(one -> past.put(one.customerId(), one));
    return past;
  }

  private @Nullable String refusal(@Nullable Past past, @Nullable Duration reentry) {
    if (past == null) {
      return null;
    }
    if (past.merged()) {
      return "customer_merged";
    }
    if (past.erased()) {
      return "customer_erased";
    }
    if (past.inside()) {
      return "already_in";
    }
    OffsetDateTime lastLeft = past.lastLeft();
    if (lastLeft == null) {
      return null;
    }
    if (reentry == null) {
      return "reentry_never";
    }
    return lastLeft.plus(reentry).isAfter(now()) ? "reentry_too_soon" : null;
  }

  /** Writes the rows of customers about to enter; the instances follow in the same transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  Map<Long, NewParticipation> enter(JourneyVersion version, List<Enrolment> admitted) {
    List<Long> ids = nextIds(admitted.size());
    Map<Long, Long> latest = events.of(admitted.stream().map(Enrolment::customerId).toList());
    OffsetDateTime now = now();
    Map<Long, String> traced = new HashMap<>();
    Map<Long, NewParticipation> entered = new LinkedHashMap<>();
    for (Enrolment wish : admitted) {
      long last = latest.getOrDefault(wish.customerId(), 0L);
      long entry = Objects.requireNonNullElse(wish.entryEventSeq(), last);
      entered.put(
          wish.id(),
          new NewParticipation(
              ids.get(entered.size()), wish.customerId(), wish.branch(), entry, last > entry));
      NewParticipation one = Objects.requireNonNull(entered.get(wish.id()));
      traced.put(one.id(), traced(version, wish, one));
    }
    template.batchUpdate(
        """
        insert into participation (id, journey_version_id, journey_key, customer_id, branch,
                                   entered_at, entry_event_seq, trace)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entered.values(),
        entered.size(),
        (row, one) -> {
          row.setLong(1, one.id());
          row.setLong(2, version.id());
          row.setString(3, version.key());
          row.setLong(4, one.customerId());
          row.setString(5, one.branch());
          row.setObject(6, now);
          row.setLong(7, one.entryEventSeq());
          row.setString(8, traced.get(one.id()));
        });
    return entered;
  }

  private @Nullable String traced(JourneyVersion version, Enrolment wish, NewParticipation one) {
    return traces.begin(
        Traced.participation(one.id()),
        wish.trace(),
        "journey.entry",
        Map.of("journey", version.key(), "version", version.version(), "participation", one.id()));
  }

  /** Notes which engine instance each participation has become. */
  @Transactional(propagation = Propagation.MANDATORY)
  void started(Map<Long, String> instances) {
    List<Long> ids = List.copyOf(instances.keySet());
    jdbc.sql(
            """
            update participation p set process_instance_id = i.instance
              from unnest(:ids, :instances) as i (id, instance) where p.id = i.id
            """)
        .param("ids", ids.toArray(Long[]::new))
        .param("instances", ids.stream().map(instances::get).toArray(String[]::new))
        .update();
  }

  /**
   * Notes reasons and goals of participations on their way out, and ends those whose instance has
   * ended.
   *
   * @return the reason each ended participation left with, by its id
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, String> leave(Collection<Leaving> leavings) {
    Map<Long, String> reasons = new HashMap<>();
    jdbc.sql(
            """
            update participation p
               set goal = coalesce(l.goal, p.goal),
                   left_reason = coalesce(l.reason, p.left_reason, l.otherwise),
                   left_at = case when l.otherwise is not null then :now end
              from unnest(:ids, :reasons, :goals, :otherwises)
                     as l (id, reason, goal, otherwise)
             where p.id = l.id and p.left_at is null
            returning p.id, p.left_at, p.left_reason
            """)
        .param("now", now())
        .param("ids", leavings.stream().map(Leaving::id).toArray(Long[]::new))
        .param("reasons", leavings.stream().map(Leaving::reason).toArray(String[]::new))
        .param("goals", leavings.stream().map(Leaving::goal).toArray(String[]::new))
        .param("otherwises", leavings.stream().map(Leaving::otherwise).toArray(String[]::new))
        .query(
            row -> {
              if (row.getObject("left_at") != null) {
                reasons.put(row.getLong("id"), row.getString("left_reason"));
              }
            });
    return reasons;
  }

  /**
   * Brings participations that are still inside from one version into another.
   *
   * @throws IllegalStateException when one of them has left or is in another version by now
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void changeVersion(Collection<Long> ids, long fromVersionId, long toVersionId) {
    int changed =
        jdbc.sql(
                """
                update participation set journey_version_id = :to
                 where id = any(:ids) and journey_version_id = :from and left_at is null
                """)
            .param("to", toVersionId)
            .param("from", fromVersionId)
            .param("ids", ids.toArray(Long[]::new))
            .update();
    if (changed != ids.size()) {
      throw new IllegalStateException("participations changed while they were migrated");
    }
  }

  /** How many customers are inside each version now. */
  public Map<Long, Long> insidePerVersion(Collection<Long> versionIds) {
    Map<Long, Long> inside = new HashMap<>();
    jdbc.sql(
            """
            select journey_version_id, count(*) from participation
             where left_at is null and journey_version_id = any(:versions)
             group by journey_version_id
            """)
        .param("versions", versionIds.toArray(Long[]::new))
        .query((row, index) -> inside.put(row.getLong(1), row.getLong(2)))
        .list();
    return inside;
  }

  private List<Long> nextIds(int count) {
    int blocks = (count + SEQUENCE_STEP - 1) / SEQUENCE_STEP;
    return jdbc
        .sql("select nextval('participation_id') from generate_series(1, :blocks)")
        .param("blocks", blocks)
        .query(Long.class)
        .list()
        .stream()
        .flatMap(first -> LongStream.range(first, first + SEQUENCE_STEP).boxed())
        .limit(count)
        .toList();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
