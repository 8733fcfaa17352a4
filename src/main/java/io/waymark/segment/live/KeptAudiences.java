package io.waymark.segment.live;

import io.waymark.segment.Audience;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.AudienceSaved;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.Interest;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.Rule;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which audiences have their members kept, what may change them, and how far their members are
 * known. Owns {@code audience_state} and {@code audience_interest}.
 */
@Component
public class KeptAudiences {

  private final JdbcClient jdbc;
  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final Clock clock;

  KeptAudiences(JdbcClient jdbc, Audiences audiences, AudienceQuestions questions, Clock clock) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.questions = questions;
    this.clock = clock;
  }

  /**
   * How far the members of an audience are known.
   *
   * @param status {@code waiting}, {@code filling} or {@code kept}
   * @param live whether they follow every change; otherwise they are drawn
   * @param filledTo customers up to this id are known; {@code fillEnd} is the last
   * @param drawnAt when they were last drawn; null for never and for live ones
   * @param members how many there are
   */
  public record State(
      String audience,
      String status,
      boolean live,
      long filledTo,
      long fillEnd,
      @Nullable Instant drawnAt,
      long members) {

    /** Share of customers gone through, 0 to 100. */
    public int percent() {
      if (status.equals("kept")) {
        return 100;
      }
      return status.equals("waiting") || fillEnd == 0
          ? 0
          : (int) Math.min(100, 100 * filledTo / fillEnd);
    }
  }

  /** Codes of all audiences whose members are kept. */
  public Set<String> codes() {
    return Set.copyOf(jdbc.sql("select audience from audience_state").query(String.class).list());
  }

  /** How far the members are known; empty when they are not kept. */
  public Optional<State> state(String code) {
    return jdbc.sql(
            """
            select audience, status, live, filled_to, fill_end, drawn_at,
                   (select count(*) from audience_member m where m.audience = s.audience) as members
              from audience_state s where audience = ?
            """)
        .param(code)
        .query(
            (row, number) ->
                new State(
                    row.getString("audience"),
                    row.getString("status"),
                    row.getBoolean("live"),
                    row.getLong("filled_to"),
                    row.getLong("fill_end"),
                    Optional.ofNullable(row.getTimestamp("drawn_at"))
                        .map(Timestamp::toInstant)
                        .orElse(null),
                    row.getLong("members")))
        .optional();
  }

  /**
   * A new text changes what interests the audience and all that refer to it; their members are
   * found anew, silently: a changed rule is no act of a customer.
   */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void on(AudienceSaved saved) {
    for (Audience audience : audiences.all()) {
      boolean itself = audience.code().equals(saved.code());
      if (itself || audience.live() && refersTo(audience.code(), saved.code())) {
        plan(audience);
      }
    }
  }

  /**
   * Finds the members anew in the background.
   *
   * @param telling whether who enters and leaves by it is told as an event
   * @throws AudienceRefusedException when the members of this audience are not kept
   */
  @Transactional
  public void refill(String code, boolean telling) {
    int changed =
        jdbc.sql(
                """
                update audience_state
                   set status = 'waiting', telling = ?, known_since = pg_current_xact_id()
                 where audience = ?
                """)
            .params(telling, code)
            .update();
    if (changed == 0) {
      throw new AudienceRefusedException("人群“" + code + "”既不是实时人群也没有定时,没有可更新的成员。");
    }
  }

  /**
   * Goes through all live audiences once more, telling what was found: whatever changed without a
   * trace (a limit of freshness, a policy, a published calendar) counts from then on.
   */
  @Transactional
  public int refillAll() {
    return jdbc.sql(
            """
            update audience_state
               set status = 'waiting', telling = true, known_since = pg_current_xact_id()
             where live and status = 'kept'
            """)
        .update();
  }

  /** Draws the members of a scheduled audience; the first draw tells nothing. */
  @Transactional
  public void draw(String code, Instant now) {
    jdbc.sql(
            """
            update audience_state
               set status = 'waiting', telling = drawn_at is not null, drawn_at = ?,
                   known_since = pg_current_xact_id()
             where audience = ? and not live
            """)
        .params(Timestamp.from(now), code)
        .update();
  }

  private boolean refersTo(String code, String other) {
    Resolving resolving = audiences.resolving(code);
    return refersTo(resolving.apply(code), other, resolving);
  }

  private static boolean refersTo(Rule rule, String other, Resolving resolving) {
    if (rule instanceof Rule.InAudience in) {
      return in.code().equals(other) || refersTo(resolving.apply(in.code()), other, resolving);
    }
    return rule.inner().stream().anyMatch(part -> refersTo(part, other, resolving));
  }

  private void plan(Audience audience) {
    String code = audience.code();
    jdbc.sql("delete from audience_interest where audience = ?").param(code).update();
    if (!audience.live() && audience.schedule() == null) {
      forget(code);
      return;
    }
    Instant now = clock.instant();
    if (audience.live()) {
      Resolving resolving = audiences.resolving(code);
      interested(code, Interest.of(resolving.rule(), resolving, questions.moment(now).freshness()));
    }
    jdbc.sql(
            """
            insert into audience_state as s
                   (audience, status, live, telling, known_since, swept_to)
            values (:code, :status, :live, false, pg_current_xact_id(), :now)
            on conflict (audience) do update
               set status = case when excluded.live then 'waiting' else s.status end,
                   live = excluded.live, telling = false,
                   known_since = excluded.known_since, swept_to = excluded.swept_to
            """)
        .param("code", code)
        .param("status", audience.live() ? "waiting" : "kept")
        .param("live", audience.live())
        .param("now", Timestamp.from(now))
        .update();
  }

  private void forget(String code) {
    for (String table : List.of("audience_state", "audience_member", "audience_dirty")) {
      jdbc.sql("delete from " + table + " where audience = ?").param(code).update();
    }
  }

  private void interested(String code, Collection<Interest> interests) {
    List<Interest> all = List.copyOf(interests);
    jdbc.sql(
            """
            insert into audience_interest (kind, name, audience, aged)
            select kind, name, ?, aged::boolean
              from unnest(?::text[], ?::text[], ?::text[]) as i (kind, name, aged)
            """)
        .params(
            code,
            all.stream().map(Interest::kind).toArray(String[]::new),
            all.stream().map(Interest::name).toArray(String[]::new),
            all.stream().map(one -> Boolean.toString(one.aged())).toArray(String[]::new))
        .update();
  }
}
