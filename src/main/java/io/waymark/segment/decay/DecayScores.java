package io.waymark.segment.decay;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.database.Columns;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.rule.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tables {@code decay_score} and {@code decay_reading}: how far the activity of each customer has
 * fallen, and the weekly readings of tags it is measured on.
 */
@Component
public class DecayScores {

  /** Code of the model. */
  public static final String MODEL = "decay";

  /** A signal began; properties {@code signal} and {@code percent}. */
  public static final String BEGAN = "decay.began";

  /** A signal ended; properties as of {@link #BEGAN}. */
  public static final String ENDED = "decay.ended";

  private static final String ACTOR = "score:decay";
  private static final Duration CONFIRMED = Duration.ofDays(4);

  /** A reading is taken when the last is nearly a week old: nights do not fall to the second. */
  private static final Duration BETWEEN_READINGS = Duration.ofHours(6 * 24 + 12);

  private final JdbcClient jdbc;
  private final PolicyDocuments documents;
  private final DecayPolicyKind kind;
  private final TagRegistry registry;
  private final TagWriter tags;
  private final CustomerEvents events;
  private final Clock clock;

  DecayScores(
      JdbcClient jdbc,
      PolicyDocuments documents,
      DecayPolicyKind kind,
      TagRegistry registry,
      TagWriter tags,
      CustomerEvents events,
      Clock clock) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.kind = kind;
    this.registry = registry;
    this.tags = tags;
    this.events = events;
    this.clock = clock;
  }

  /** The signals that apply now. */
  public PolicyInForce<DecayPolicy> current() {
    return documents.active(kind, clock.instant());
  }

  /** The scores of one customer, by signal. */
  public List<DecayScore> of(long customerId) {
    return jdbc.sql("select * from decay_score where customer_id = ? order by signal")
        .param(customerId)
        .query(DecayScores::score)
        .list();
  }

  /**
   * Measures every signal for these customers and writes what follows; statements by signal, not by
   * customer. Who is measured for the first time is told to nobody.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void compute(Collection<Long> customerIds, Instant now) {
    PolicyInForce<DecayPolicy> policy = documents.active(kind, now);
    List<TagValue> values = new ArrayList<>();
    List<InternalEvent> told = new ArrayList<>();
    for (DecaySignal signal : policy.value().signals()) {
      List<DecayScore> written = new ArrayList<>();
      List<Long> lost = new ArrayList<>();
      for (Measured one : measure(signal, customerIds, now)) {
        Integer percent = one.lost(signal);
        if (percent == null) {
          if (one.former() != null) {
            lost.add(one.customerId());
          }
        } else {
          DecayScore score = score(one, signal, percent, now);
          if (!percent.equals(one.former()) || due(one, now)) {
            written.add(score);
            values.add(new TagValue(one.customerId(), signal.scoreTag(), percent.toString(), now));
          }
          if (one.former() != null && score.alarmed() != one.alarmed()) {
            told.add(told(score, now));
          }
        }
      }
      write(written, policy.version(), now);
      forget(signal, lost);
    }
    tags.setAll(values, ACTOR);
    if (!told.isEmpty()) {
      events.record(told);
    }
  }

  private List<Measured> measure(DecaySignal signal, Collection<Long> customerIds, Instant now) {
    Sql question = DecaySql.of(signal, customerIds, now, freshness(signal.tag()));
    return jdbc.sql(question.text()).params(question.values()).query(DecayScores::measured).list();
  }

  private @Nullable Duration freshness(@Nullable String tag) {
    return tag == null ? null : registry.find(tag).map(TagDefinition::freshness).orElse(null);
  }

  private static boolean due(Measured one, Instant now) {
    return one.asOf() == null || one.asOf().isBefore(now.minus(CONFIRMED));
  }

  private static DecayScore score(Measured one, DecaySignal signal, int percent, Instant now) {
    boolean alarmed = one.alarmedAt(percent, signal);
    Instant since = one.since() == null || alarmed != one.alarmed() ? now : one.since();
    return new DecayScore(
        one.customerId(),
        one.branch(),
        signal.code(),
        Objects.requireNonNull(one.recent()),
        Objects.requireNonNull(one.base()),
        percent,
        alarmed,
        since,
        null);
  }

  private void write(List<DecayScore> scores, String version, Instant now) {
    if (scores.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into decay_score
                   (customer_id, signal, branch, recent, base, percent, alarmed, since, version,
                    computed_at, as_of)
            select customer_id, signal, branch, recent, base, percent::int, alarmed::boolean,
                   since, :version, :now, :now
              from unnest(:customers::bigint[], :signals::text[], :branches::text[],
                          :recents::numeric[], :bases::numeric[], :percents::text[],
                          :alarmed::text[], :sinces::timestamptz[])
                   as g (customer_id, signal, branch, recent, base, percent, alarmed, since)
             order by customer_id
            on conflict (customer_id, signal) do update
               set branch = excluded.branch, recent = excluded.recent, base = excluded.base,
                   percent = excluded.percent, alarmed = excluded.alarmed, since = excluded.since,
                   version = excluded.version, computed_at = excluded.computed_at,
                   as_of = excluded.as_of
            """)
        .param("version", version)
        .param("now", Columns.timestamp(now))
        .param("customers", Columns.longs(scores, DecayScore::customerId))
        .param("signals", Columns.texts(scores, DecayScore::signal))
        .param("branches", Columns.texts(scores, DecayScore::branch))
        .param("recents", Columns.texts(scores, one -> plain(one.recent())))
        .param("bases", Columns.texts(scores, one -> plain(one.base())))
        .param("percents", Columns.texts(scores, one -> Integer.toString(one.percent())))
        .param("alarmed", Columns.texts(scores, one -> Boolean.toString(one.alarmed())))
        .param("sinces", Columns.instants(scores, DecayScore::since))
        .update();
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }

  private void forget(DecaySignal signal, List<Long> customerIds) {
    if (!customerIds.isEmpty()) {
      jdbc.sql("delete from decay_score where signal = ? and customer_id = any(?)")
          .params(signal.code(), Columns.longs(customerIds))
          .update();
      tags.remove(signal.scoreTag(), customerIds, ACTOR);
    }
  }

  /** Reads the tags that signals are measured on, of those whose last reading is a week old. */
  @Transactional(propagation = Propagation.MANDATORY)
  void takeReadings(DecayPolicy policy, Collection<Long> customerIds, Instant now) {
    for (DecaySignal signal : policy.signals()) {
      String tag = signal.tag();
      if (tag != null) {
        Duration fresh = freshness(tag);
        jdbc.sql(
                """
                insert into decay_reading (taken_at, customer_id, branch, tag, value)
                select :now, t.customer_id, t.branch, t.tag, t.number
                  from customer_tag t
                 where t.customer_id = any(:customers) and t.tag = :tag and t.number is not null
                   and t.as_of >= :oldest
                   and not exists (select from decay_reading r
                                    where r.customer_id = t.customer_id and r.tag = t.tag
                                      and r.taken_at > :last)
                """)
            .param("now", Columns.timestamp(now))
            .param("customers", Columns.longs(customerIds))
            .param("tag", tag)
            .param("oldest", Columns.timestamp(fresh == null ? Instant.EPOCH : now.minus(fresh)))
            .param("last", Columns.timestamp(now.minus(BETWEEN_READINGS)))
            .update();
      }
    }
  }

  /** Removes readings no signal looks back to. */
  @Transactional
  void forgetReadings(DecayPolicy policy, Instant now) {
    int longest =
        policy.signals().stream()
            .mapToInt(one -> one.recentDays() + one.baseDays())
            .max()
            .orElse(0);
    jdbc.sql("delete from decay_reading where taken_at <= ?")
        .param(Columns.timestamp(now.minus(Duration.ofDays(longest + 1L))))
        .update();
  }

  private static InternalEvent told(DecayScore score, Instant now) {
    return new InternalEvent(
        "decay",
        "%s:%d:%d".formatted(score.signal(), score.customerId(), now.toEpochMilli()),
        score.customerId(),
        score.branch(),
        score.alarmed() ? BEGAN : ENDED,
        now,
        Map.of("signal", score.signal(), "percent", score.percent()));
  }

  private static Measured measured(ResultSet row, int number) throws SQLException {
    return new Measured(
        row.getLong("id"),
        row.getString("branch"),
        row.getBigDecimal("recent"),
        row.getBigDecimal("base"),
        row.getObject("former", Integer.class),
        row.getBoolean("alarmed"),
        Columns.instantOrNull(row, "since"),
        Columns.instantOrNull(row, "as_of"));
  }

  static DecayScore score(ResultSet row, int number) throws SQLException {
    return new DecayScore(
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("signal"),
        row.getBigDecimal("recent"),
        row.getBigDecimal("base"),
        row.getInt("percent"),
        row.getBoolean("alarmed"),
        Columns.instant(row, "since"),
        Columns.instantOrNull(row, "computed_at"));
  }
}
