package io.waymark.contact.link;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Table {@code tracked_link}. */
@Component
class StoredLinks {

  private final JdbcClient jdbc;
  private final LinkSettings settings;
  private final Clock clock;

  StoredLinks(JdbcClient jdbc, LinkSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** One statement; links that are there are left alone. */
  void insert(List<Link> links) {
    if (links.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into tracked_link (
              token, kind, message_id, customer_id, branch, channel, purpose, target, created_at,
              expires_at)
            select given.*, given.created_at + make_interval(secs => ?)
              from unnest(?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::timestamptz[])
                   as given (token, kind, message_id, customer_id, branch, channel, purpose, target,
                             created_at)
             order by token
            on conflict do nothing
            """)
        .params(
            settings.validity().toSeconds(),
            texts(links, Link::token),
            texts(links, link -> link.kind().code()),
            texts(links, link -> link.messageId().toString()),
            links.stream().map(Link::customerId).toArray(Long[]::new),
            texts(links, Link::branch),
            texts(links, link -> link.channel().code()),
            texts(links, link -> link.purpose().code()),
            texts(links, Link::target),
            links.stream().map(link -> Timestamp.from(link.createdAt())).toArray(Timestamp[]::new))
        .update();
  }

  /** Empty when there is none of this kind or its time is over. */
  Optional<Link> find(String token, Link.Kind kind, Instant now) {
    return jdbc.sql("select * from tracked_link where token = ? and kind = ? and expires_at > ?")
        .params(token, kind.code(), at(now))
        .query(
            (row, number) ->
                new Link(
                    row.getString("token"),
                    kind,
                    row.getObject("message_id", UUID.class),
                    row.getLong("customer_id"),
                    row.getString("branch"),
                    Channel.of(row.getString("channel")),
                    Purpose.of(row.getString("purpose")),
                    row.getString("target"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /** Forgets addresses whose time is over. */
  @Scheduled(cron = "0 50 3 * * *")
  void forget() {
    jdbc.sql("delete from tracked_link where expires_at < ?").param(at(clock.instant())).update();
  }

  private static @Nullable String[] texts(List<Link> links, Function<Link, @Nullable String> of) {
    return links.stream().map(of).toArray(String[]::new);
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
