package io.waymark.customer;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.RowProblems;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Consents: every change is kept for ever, the latest word counts. A withdrawal counts from the
 * moment it is recorded, and at equal times a refusal wins (个人信息保护法 art. 15).
 */
@Component
public class Consents {

  /** How far another system's clock may be ahead of ours. */
  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final CustomerLookup lookup;
  private final EvidenceLog evidence;
  private final Clock clock;

  Consents(JdbcClient jdbc, CustomerLookup lookup, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.lookup = lookup;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Records changes; a change that was recorded before (same customer, purpose, channel, time,
   * state and source) is a duplicate. An older word arriving late joins the history and does not
   * become current.
   *
   * @param actor username, {@code api:<key name>} or {@code system}
   */
  @Transactional
  public BatchReport record(List<ConsentChange> changes, String actor) {
    RowProblems problems = new RowProblems();
    List<ConsentRow> sound = sound(changes, problems);
    List<ConsentRow> fresh = append(sound, actor);
    applyCurrent(fresh);
    evidence.appendAll(fresh.stream().map(row -> proof(row, actor)).toList());
    return new BatchReport(fresh.size(), sound.size() - fresh.size(), problems.all());
  }

  /**
   * Matrices by customer; every id asked for has one. Where records were merged, the strictest word
   * of all of them counts ({@link PersonConsents}). One statement.
   */
  public Map<Long, ConsentMatrix> of(Collection<Long> customerIds) {
    Map<Long, PersonConsents> persons = new HashMap<>();
    customerIds.forEach(id -> persons.put(id, new PersonConsents()));
    jdbc.sql(
            """
            select p.person, p.record, p.merged_at, t.*
              from person_record p join consent t on t.customer_id = p.record
             where p.person = any(?)
            """)
        .param(Columns.longs(customerIds))
        .query(
            row -> {
              long person = row.getLong("person");
              PersonConsents words = persons.computeIfAbsent(person, id -> new PersonConsents());
              if (row.getLong("record") == person) {
                words.own(read(row));
              } else {
                words.absorbed(read(row), Columns.instant(row, "merged_at"));
              }
            });
    Map<Long, ConsentMatrix> matrices = new HashMap<>();
    persons.forEach((id, words) -> matrices.put(id, words.strictest()));
    return matrices;
  }

  /**
   * A word that was recorded about a person, for screens.
   *
   * @param evidenceRef the source's own proof, null when none
   * @param actor who recorded it
   */
  public record Said(
      Consent word, Instant recordedAt, @Nullable String evidenceRef, String actor) {}

  /** What was recorded of a person through all merged records, the latest first. */
  public List<Said> history(long customerId, int limit) {
    return jdbc.sql(
            """
            select h.* from person_record p join consent_change h on h.customer_id = p.record
             where p.person = ? order by h.recorded_at desc, h.id desc limit ?
            """)
        .params(customerId, limit)
        .query(
            (row, number) ->
                new Said(
                    read(row),
                    Columns.instant(row, "recorded_at"),
                    row.getString("evidence_ref"),
                    row.getString("actor")))
        .list();
  }

  /** Refusals of one record that stand and were recorded at or after a moment. */
  public List<Consent> refusedSince(long customerId, Instant since) {
    return jdbc.sql(
            """
            select c.* from consent c
             where c.customer_id = :id and c.state = 'REFUSED'
               and exists (select from consent_change h
                            where (h.customer_id, h.purpose, h.channel, h.state, h.at) =
                                  (c.customer_id, c.purpose, c.channel, c.state, c.at)
                              and h.recorded_at >= :since)
            """)
        .param("id", customerId)
        .param("since", Columns.timestamp(since))
        .query((row, number) -> read(row))
        .list();
  }

  private static Consent read(ResultSet row) throws SQLException {
    return new Consent(
        Purpose.valueOf(row.getString("purpose")),
        Channel.valueOf(row.getString("channel")),
        ConsentState.valueOf(row.getString("state")),
        Columns.instant(row, "at"),
        Columns.instantOrNull(row, "expires"),
        row.getString("source"),
        row.getString("text_version"));
  }

  private List<ConsentRow> sound(List<ConsentChange> changes, RowProblems problems) {
    Map<String, CustomerLookup.Known> customers =
        lookup.find(
            changes.stream()
                .map(ConsentChange::customer)
                .filter(name -> !RowProblems.blank(name))
                .distinct()
                .toList());
    List<ConsentRow> sound = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      ConsentChange change = changes.get(i);
      if (isSound(i + 1, change, problems)) {
        int position = i + 1;
        Optional.ofNullable(customers.get(change.customer()))
            .ifPresentOrElse(
                known -> sound.add(new ConsentRow(known.id(), known.branch(), change)),
                () -> problems.unknownCustomer(position));
      }
    }
    return sound;
  }

  private boolean isSound(int position, ConsentChange change, RowProblems problems) {
    if (RowProblems.blank(change.customer())) {
      return problems.refuse(position, "customer", "blank", "客户不能为空");
    }
    if (RowProblems.missing(change.purpose())) {
      return problems.refuse(position, "purpose", "blank", "同意的用途不能为空");
    }
    if (RowProblems.missing(change.channel())) {
      return problems.refuse(position, "channel", "blank", "同意的渠道不能为空");
    }
    if (change.state() != ConsentState.GRANTED && change.state() != ConsentState.REFUSED) {
      return problems.refuse(position, "state", "unknown_word", "状态只能是同意(GRANTED)或拒绝(REFUSED)");
    }
    if (RowProblems.blank(change.source())) {
      return problems.refuse(position, "source", "blank", "来源不能为空,须能说明在何处取得");
    }
    if (change.state() == ConsentState.GRANTED && RowProblems.blank(change.textVersion())) {
      return problems.refuse(position, "textVersion", "blank", "同意必须注明所同意文本的版本");
    }
    if (RowProblems.unstorable(change.source())
        || RowProblems.unstorable(change.textVersion())
        || RowProblems.unstorable(change.evidenceRef())) {
      return problems.refuse(position, "source", "malformed", "来源、文本版本或证据编号含有无法保存的字符");
    }
    if (RowProblems.missing(change.at())) {
      return problems.refuse(position, "at", "blank", "同意或拒绝的时间不能为空");
    }
    if (change.at().isAfter(clock.instant().plus(CLOCK_DRIFT))) {
      return problems.refuse(position, "at", "future", "时间在未来,请核对来源系统的时钟");
    }
    if (change.expires() != null && !change.expires().isAfter(change.at())) {
      return problems.refuse(position, "expires", "impossible", "到期时间必须晚于同意时间");
    }
    return true;
  }

  /** The rows that were not recorded before, in the order given. */
  private List<ConsentRow> append(List<ConsentRow> rows, String actor) {
    Map<String, ConsentRow> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.putIfAbsent(row.key(), row));
    List<ConsentRow> once = List.copyOf(byKey.values());
    Set<String> appended =
        Set.copyOf(
            jdbc.sql(
                    """
                    insert into consent_change
                           (customer_id, branch, purpose, channel, state, source, text_version, at,
                            expires, evidence_ref, recorded_at, actor)
                    select g.*, ?, ?
                      from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                  ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                           as g (customer_id, branch, purpose, channel, state, source, text_version,
                                 at, expires, evidence_ref)
                     order by customer_id, purpose, channel, at
                    on conflict do nothing
                    returning customer_id, purpose, channel, state, source, at
                    """)
                .params(
                    Columns.timestamp(clock.instant()),
                    actor,
                    Columns.longs(once, ConsentRow::customerId),
                    Columns.texts(once, ConsentRow::branch),
                    Columns.texts(once, ConsentRow::purpose),
                    Columns.texts(once, ConsentRow::channel),
                    Columns.texts(once, ConsentRow::state),
                    Columns.texts(once, ConsentRow::source),
                    Columns.texts(once, ConsentRow::textVersion),
                    Columns.instants(once, ConsentRow::at),
                    Columns.instants(once, row -> row.change().expires()),
                    Columns.texts(once, row -> row.change().evidenceRef()))
                .query(
                    (row, number) ->
                        ConsentRow.key(
                            row.getLong("customer_id"),
                            row.getString("purpose"),
                            row.getString("channel"),
                            row.getString("state"),
                            row.getString("source"),
                            Columns.instant(row, "at")))
                .list());
    return once.stream().filter(row -> appended.contains(row.key())).toList();
  }

  private void applyCurrent(List<ConsentRow> fresh) {
    Map<List<Object>, ConsentRow> latest = new HashMap<>();
    fresh.forEach(
        row -> latest.merge(row.cell(), row, (one, two) -> two.outweighs(one) ? two : one));
    List<ConsentRow> rows = List.copyOf(latest.values());
    jdbc.sql(
            """
            insert into consent as c
                   (customer_id, branch, purpose, channel, state, source, text_version, at,
                    expires, evidence_ref)
            select g.*
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                   as g (customer_id, branch, purpose, channel, state, source, text_version, at,
                         expires, evidence_ref)
             order by customer_id, purpose, channel
            on conflict (customer_id, purpose, channel) do update
               set branch = excluded.branch, state = excluded.state, source = excluded.source,
                   text_version = excluded.text_version, at = excluded.at,
                   expires = excluded.expires, evidence_ref = excluded.evidence_ref
             where excluded.at > c.at
                or (excluded.at = c.at and (excluded.state = 'REFUSED' or c.state <> 'REFUSED'))
            """)
        .params(
            Columns.longs(rows, ConsentRow::customerId),
            Columns.texts(rows, ConsentRow::branch),
            Columns.texts(rows, ConsentRow::purpose),
            Columns.texts(rows, ConsentRow::channel),
            Columns.texts(rows, ConsentRow::state),
            Columns.texts(rows, ConsentRow::source),
            Columns.texts(rows, ConsentRow::textVersion),
            Columns.instants(rows, ConsentRow::at),
            Columns.instants(rows, row -> row.change().expires()),
            Columns.texts(rows, row -> row.change().evidenceRef()))
        .update();
  }

  private static EvidenceEntry proof(ConsentRow row, String actor) {
    Instant expires = row.change().expires();
    return new EvidenceEntry(
        EvidenceKind.CONSENT_CHANGED,
        "customer:" + row.customerId(),
        row.customerId(),
        row.branch(),
        actor,
        Map.of(
            "purpose", row.change().purpose().code(),
            "channel", row.change().channel().code(),
            "state", row.state(),
            "source", row.source(),
            "textVersion", row.textVersion(),
            "at", row.at().toString(),
            "expires", expires == null ? "" : expires.toString()));
  }
}
