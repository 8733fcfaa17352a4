package io.waymark.contact;

import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.LaneState;
import io.waymark.platform.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code outbox}: what is under way, and nothing else. Every state survives a crash with a
 * meaning: {@code taken} by a dead node was never called, {@code sending} on a dead node means that
 * nobody knows, never that it may be tried again.
 */
@Component
class Outbox {

  private static final String ROW =
      "message_id, created_at, customer_id, branch, channel, priority, attempts, due_at, since";

  private final JdbcClient jdbc;

  /** Seconds that one point of priority is worth: who waits long enough goes before anybody. */
  private final double ageing;

  Outbox(JdbcClient jdbc, LaneSettings settings) {
    this.jdbc = jdbc;
    this.ageing = settings.ageing().toMillis() / 1_000.0;
  }

  void insertAll(Collection<Row> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into outbox (
              message_id, created_at, customer_id, branch, channel, priority, state, attempts,
              due_at, since, rank_at)
            select message_id, created_at, customer_id, branch, channel, priority,
                   case when due_at > :now then 'later' else 'ready' end, 0, due_at, :now,
                   due_at - make_interval(secs => priority * :ageing)
              from unnest(
                :ids::uuid[], :created::timestamptz[], :customers::bigint[], :branches::text[],
                :channels::text[], :priorities::int[], :due::timestamptz[])
                as given (message_id, created_at, customer_id, branch, channel, priority, due_at)
            """)
        .param("now", Column.at(now))
        .param("ids", Column.text(rows, Row::messageId))
        .param("created", Column.text(rows, Row::createdAt))
        .param("customers", Column.number(rows, Row::customerId))
        .param("branches", Column.text(rows, Row::branch))
        .param("channels", Column.text(rows, row -> row.channel().code()))
        .param("priorities", Column.integer(rows, Row::priority))
        .param("due", Column.text(rows, Row::dueAt))
        .param("ageing", ageing)
        .update();
  }

  /** Channels on which something is ready or its time has come, in their order. */
  Set<Channel> dueChannels(Instant now) {
    return jdbc
        .sql("select distinct channel from outbox where due_at <= ?")
        .param(Column.at(now))
        .query((row, number) -> Channel.of(row.getString(1)))
        .list()
        .stream()
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class)));
  }

  /**
   * Makes ready what has become due on a channel; rows another node is promoting are left to it.
   */
  int promote(Channel channel, int max, Instant now) {
    return jdbc.sql(
            """
            update outbox
               set state = 'ready', since = ?,
                   rank_at = due_at - make_interval(secs => priority * ?)
             where message_id in (
               select message_id from outbox
                where channel = ? and state = 'later' and due_at <= ?
                order by due_at limit ? for update skip locked)
            """)
        .params(Column.at(now), ageing, channel.code(), Column.at(now), max)
        .update();
  }

  /**
   * Locks the next ready rows of a channel: by priority among those that wait alike, but each point
   * only counts for a while, so that the lowest priority is not left for ever. Rows of others are
   * skipped.
   */
  List<Row> takeReady(Channel channel, int max, Instant now) {
    return jdbc.sql(
            "select "
                + ROW
                + """
                 from outbox
                 where state = 'ready' and channel = ? and due_at <= ?
                 order by rank_at, message_id limit ? for update skip locked
                """)
        .params(channel.code(), Column.at(now), max)
        .query(Outbox::read)
        .list();
  }

  /** The next ready messages of a channel, not locked. */
  List<UUID> peekReady(Channel channel, int max, Instant now) {
    return jdbc.sql(
            """
            select message_id from outbox where state = 'ready' and channel = ? and due_at <= ?
             order by rank_at, message_id limit ?
            """)
        .params(channel.code(), Column.at(now), max)
        .query(UUID.class)
        .list();
  }

  /** Locks one ready row if nobody else holds it. */
  List<Row> takeReady(UUID messageId) {
    return jdbc.sql(
            "select "
                + ROW
                + " from outbox where message_id = ? and state = 'ready' for update skip locked")
        .param(messageId)
        .query(Outbox::read)
        .list();
  }

  /** Where a message under way stands. */
  State state(UUID messageId) {
    return State.valueOf(
        jdbc.sql("select state from outbox where message_id = ?")
            .param(messageId)
            .query(String.class)
            .single()
            .toUpperCase(Locale.ROOT));
  }

  /** Locks rows of a channel in a state whose time has come. */
  List<Row> takeDue(Channel channel, State state, int max, Instant now) {
    return jdbc.sql(
            "select "
                + ROW
                + " from outbox where channel = ? and state = ? and due_at <= ?"
                + " order by due_at limit ? for update skip locked")
        .params(channel.code(), state.code(), Column.at(now), max)
        .query(Outbox::read)
        .list();
  }

  /** Locks the rows of these messages in the order of their ids, waiting for others. */
  void lock(Collection<UUID> messageIds) {
    jdbc.sql(
            """
            select message_id from outbox where message_id = any(?::uuid[])
             order by message_id for update
            """)
        .param(Column.uuids(messageIds))
        .query(UUID.class)
        .list();
  }

  /** Locks the rows of these messages in the order of their ids and says where they stand. */
  Map<UUID, State> lockStates(Collection<UUID> messageIds) {
    Map<UUID, State> states = new LinkedHashMap<>();
    if (!messageIds.isEmpty()) {
      jdbc.sql(
              """
              select message_id, state from outbox where message_id = any(?::uuid[])
               order by message_id for update
              """)
          .param(Column.uuids(messageIds))
          .query(
              row -> {
                states.put(
                    Column.uuid(row, "message_id"),
                    State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
              });
    }
    return states;
  }

  /**
   * The messages of these attempts whose answer is still wanted: no receipt or other node was
   * faster.
   */
  Set<UUID> open(Collection<Attempt> attempts) {
    return Set.copyOf(
        jdbc.sql(
                """
                select o.message_id
                  from unnest(?::uuid[], ?::int[]) as known (message_id, attempt)
                  join outbox o on o.message_id = known.message_id and o.attempts = known.attempt
                   and o.state in ('sending', 'unknown')
                """)
            .params(
                Column.text(attempts, Attempt::messageId),
                Column.integer(attempts, Attempt::number))
            .query(UUID.class)
            .list());
  }

  /**
   * A provider is about to be called for these; nobody else takes them until then.
   *
   * @param begun how many of them, from the first on, are called at once
   */
  void take(List<Row> rows, int begun, Instant until, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    List<Row> called = rows.subList(0, Math.min(begun, rows.size()));
    jdbc.sql(
            """
            update outbox
               set state = case when message_id = any(:called::uuid[]) then 'sending'
                                else 'taken' end,
                   attempts = attempts + 1, due_at = :until, since = :now
             where message_id = any(:all::uuid[])
            """)
        .param("called", Column.text(called, Row::messageId))
        .param("until", Column.at(until))
        .param("now", Column.at(now))
        .param("all", Column.text(rows, Row::messageId))
        .update();
  }

  /** The call of these begins: from here to the answer nobody knows whether it happened. */
  Set<UUID> begin(Collection<Attempt> attempts, Instant until, Instant now) {
    return Set.copyOf(
        jdbc.sql(
                """
                with mine as (
                  select o.message_id
                    from unnest(?::uuid[], ?::int[]) as known (message_id, attempt)
                    join outbox o on o.message_id = known.message_id
                     and o.attempts = known.attempt and o.state = 'taken'
                   order by o.message_id for update of o)
                update outbox o set state = 'sending', due_at = ?, since = ?
                  from mine where o.message_id = mine.message_id
                returning o.message_id
                """)
            .params(
                Column.text(attempts, Attempt::messageId),
                Column.integer(attempts, Attempt::number),
                Column.at(until),
                Column.at(now))
            .query(UUID.class)
            .list());
  }

  /**
   * Gives back what was taken and not called after all, as if nothing had been.
   *
   * @return the messages that were still in this node's hands
   */
  List<UUID> giveBack(Collection<Attempt> attempts, Instant now) {
    return jdbc.sql(
            """
            with mine as (
              select o.message_id
                from unnest(:ids::uuid[], :attempts::int[]) as known (message_id, attempt)
                join outbox o on o.message_id = known.message_id
                 and o.attempts = known.attempt and o.state in ('taken', 'sending')
               order by o.message_id for update of o)
            update outbox o
               set state = 'ready', attempts = o.attempts - 1, due_at = :now, since = :now,
                   rank_at = :now::timestamptz - make_interval(secs => o.priority * :ageing)
              from mine where o.message_id = mine.message_id
            returning o.message_id
            """)
        .param("ids", Column.text(attempts, Attempt::messageId))
        .param("attempts", Column.integer(attempts, Attempt::number))
        .param("now", Column.at(now))
        .param("ageing", ageing)
        .query(UUID.class)
        .list();
  }

  /**
   * Takes from nodes that are gone what they had in hand: what was being called is unknown, what
   * was not goes back. The attempt stays counted, so that a node that was only slow no longer finds
   * it in its hands.
   *
   * @return how many rows
   */
  int inherit(Channel channel, int max, Instant now) {
    return jdbc.sql(
            """
            with left_behind as (
              select message_id from outbox
               where channel = :channel and state in ('taken', 'sending') and due_at <= :now
               order by due_at limit :max for update skip locked)
            update outbox o
               set state = case o.state when 'taken' then 'ready' else 'unknown' end,
                   due_at = :now, since = :now,
                   rank_at = :now::timestamptz - make_interval(secs => o.priority * :ageing)
              from left_behind where o.message_id = left_behind.message_id
            """)
        .param("channel", channel.code())
        .param("now", Column.at(now))
        .param("max", max)
        .param("ageing", ageing)
        .update();
  }

  /** Moves rows to a state until a moment; {@code since} stays with a row that was there before. */
  void move(Collection<UUID> messageIds, State state, Instant dueAt, Instant now) {
    move(messageIds.stream().map(id -> new Move(id, state, dueAt)).toList(), now);
  }

  /** Moves rows, each to its own state and moment. */
  void move(Collection<Move> moves, Instant now) {
    if (moves.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update outbox o
               set state = given.state, due_at = given.due_at,
                   since = case when o.state = given.state then o.since else :now end,
                   rank_at = given.due_at - make_interval(secs => o.priority * :ageing)
              from unnest(:ids::uuid[], :states::text[], :due::timestamptz[])
                   as given (message_id, state, due_at)
             where o.message_id = given.message_id
            """)
        .param("now", Column.at(now))
        .param("ageing", ageing)
        .param("ids", Column.text(moves, Move::messageId))
        .param("states", Column.text(moves, move -> move.state().code()))
        .param("due", Column.text(moves, Move::dueAt))
        .update();
  }

  /** Puts a row aside until a person decides; false when it is under way no more. */
  boolean park(UUID messageId, String problem, Instant now) {
    return jdbc.sql(
                """
                update outbox set state = 'parked', problem = ?, due_at = ?, since = ?
                 where message_id = ?
                """)
            .params(problem, Column.at(now), Column.at(now), messageId)
            .update()
        > 0;
  }

  /** Makes a parked row ready as if it were new; false when it is not parked. */
  boolean unpark(UUID messageId, Instant now) {
    return jdbc.sql(
                """
                update outbox
                   set state = 'ready', problem = null, attempts = 0, due_at = ?, since = ?,
                       rank_at = ?::timestamptz - make_interval(secs => priority * ?)
                 where message_id = ? and state = 'parked'
                """)
            .params(Column.at(now), Column.at(now), Column.at(now), ageing, messageId)
            .update()
        > 0;
  }

  /** What is under way on each channel. */
  Map<Channel, LaneState.Queue> queues() {
    Map<Channel, LaneState.Queue> queues = new EnumMap<>(Channel.class);
    jdbc.sql(
            """
            select channel,
                   count(*) filter (where state = 'later') as later,
                   count(*) filter (where state in ('ready', 'taken')) as ready,
                   count(*) filter (where state = 'sending') as sending,
                   count(*) filter (where state = 'unknown') as unknown,
                   count(*) filter (where state = 'awaiting') as awaiting,
                   count(*) filter (where state = 'parked') as parked,
                   min(since) filter (where state = 'ready') as oldest
              from outbox group by channel
            """)
        .query(
            row -> {
              queues.put(
                  Channel.of(row.getString("channel")),
                  new LaneState.Queue(
                      row.getLong("later"),
                      row.getLong("ready"),
                      row.getLong("sending"),
                      row.getLong("unknown"),
                      row.getLong("awaiting"),
                      row.getLong("parked"),
                      Column.instantOrNull(row, "oldest")));
            });
    return queues;
  }

  /** One more attempt failed before a provider was called. */
  int countFailure(UUID messageId, Instant dueAt, Instant now) {
    return jdbc.sql(
            """
            update outbox set state = 'later', attempts = attempts + 1, due_at = ?, since = ?
             where message_id = ? returning attempts
            """)
        .params(Column.at(dueAt), Column.at(now), messageId)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  void remove(Collection<UUID> messageIds) {
    if (!messageIds.isEmpty()) {
      jdbc.sql("delete from outbox where message_id = any(?::uuid[])")
          .param(Column.uuids(messageIds))
          .update();
    }
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        Column.uuid(row, "message_id"),
        Column.instant(row, "created_at"),
        row.getLong("customer_id"),
        row.getString("branch"),
        Channel.of(row.getString("channel")),
        row.getInt("priority"),
        row.getInt("attempts"),
        Column.instant(row, "due_at"),
        Column.instant(row, "since"));
  }

  /** Where a row goes, and until when. */
  record Move(UUID messageId, State state, Instant dueAt) {}

  /** Where a message under way stands. */
  enum State {
    /** Not before {@code due_at}. */
    LATER,
    READY,
    /** In a node's hands and not called yet; after {@code due_at} that node is taken for dead. */
    TAKEN,
    /** A provider is being called; after {@code due_at} whoever called is taken for dead. */
    SENDING,
    /** Perhaps accepted; asked again at {@code due_at}. */
    UNKNOWN,
    /** Accepted; the receipt is awaited until {@code due_at}. */
    AWAITING,
    /** Cannot be prepared; a person decides. */
    PARKED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One message under way.
   *
   * @param attempts how many times a provider was, or is being, called
   * @param since when it came into its state
   */
  record Row(
      UUID messageId,
      Instant createdAt,
      long customerId,
      String branch,
      Channel channel,
      int priority,
      int attempts,
      Instant dueAt,
      Instant since) {}
}
