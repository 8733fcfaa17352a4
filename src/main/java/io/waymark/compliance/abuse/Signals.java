package io.waymark.compliance.abuse;

import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code abuse_signal} and {@code abuse_key}. */
@Component
class Signals {

  /** Beyond this many of one value a rule has long been met. */
  private static final int MOST = 2_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  Signals(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Lets one transaction at a time count what shares these values, in the order of the values. */
  void lock(SortedSet<Signal.Key> keys) {
    jdbc.sql(
            """
            insert into abuse_key as k (kind, hash, seen_at)
            select kind, hash, :now from unnest(:kinds::text[], :hashes::bytea[]) as g (kind, hash)
             order by kind, hash
            on conflict (kind, hash) do update set seen_at = excluded.seen_at
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("kinds", Columns.texts(keys, Signal.Key::kind))
        .param("hashes", Columns.bytes(keys, Signal.Key::bytes))
        .update();
  }

  void append(Collection<Signal> signals) {
    jdbc.sql(
            """
            insert into abuse_signal (kind, hash, customer_id, branch, event, at, event_seq)
            select * from unnest(:kinds::text[], :hashes::bytea[], :customers::bigint[],
                                 :branches::text[], :events::text[], :at::timestamptz[],
                                 :seqs::bigint[])
            on conflict do nothing
            """)
        .param("kinds", Columns.texts(signals, Signal::kind))
        .param("hashes", Columns.bytes(signals, Signal::hash))
        .param("customers", Columns.longs(signals, Signal::customerId))
        .param("branches", Columns.texts(signals, Signal::branch))
        .param("events", Columns.texts(signals, Signal::event))
        .param("at", Columns.instants(signals, Signal::at))
        .param("seqs", Columns.longs(signals, Signal::eventSeq))
        .update();
  }

  /** What carries one of these values since a moment, oldest first, the latest of each value. */
  List<Signal> since(Collection<Signal.Key> keys, Instant since) {
    List<Signal> found = new ArrayList<>();
    for (Signal.Key key : keys) {
      found.addAll(
          jdbc.sql(
                  """
                  select * from
                    (select kind, hash, customer_id, branch, event, at, event_seq from abuse_signal
                      where kind = ? and hash = ? and at > ?
                      order by event_seq desc limit ?) latest
                   order by at, event_seq
                  """)
              .params(key.kind(), key.bytes(), Columns.timestamp(since), MOST)
              .query(
                  (row, number) ->
                      new Signal(
                          row.getString("kind"),
                          row.getBytes("hash"),
                          row.getLong("customer_id"),
                          row.getString("branch"),
                          row.getString("event"),
                          Columns.instant(row, "at"),
                          row.getLong("event_seq")))
              .list());
    }
    return found;
  }

  /** Forgets what no rule looks back to any more. */
  void purge(Duration kept) {
    Instant before = clock.instant().minus(kept);
    jdbc.sql("delete from abuse_signal where at < ?").param(Columns.timestamp(before)).update();
    jdbc.sql("delete from abuse_key where seen_at < ?").param(Columns.timestamp(before)).update();
  }
}
