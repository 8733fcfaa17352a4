package io.waymark.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Table {@code provider_message}. Written after the provider's answer and outside any transaction
 * of ours: a machine that stops in between leaves a message whose reports nobody understands, which
 * is then settled as unknown.
 */
class StoredSentIds implements SentIds {

  /** Carriers report for three days at most; a month leaves room for disputes. */
  private static final Duration KEPT = Duration.ofDays(31);

  private final JdbcClient jdbc;
  private final Clock clock;

  StoredSentIds(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public void remember(String provider, UUID messageId, List<String> providerIds) {
    jdbc.sql(
            """
            insert into provider_message (provider, provider_id, message_id, parts, at)
            select ?, id, ?, ?, ? from unnest(?::text[]) as given (id)
            """)
        .params(
            provider,
            messageId,
            providerIds.size(),
            at(clock.instant()),
            providerIds.toArray(String[]::new))
        .update();
  }

  @Override
  public Map<String, UUID> find(String provider, Collection<String> providerIds) {
    Map<String, UUID> found = new HashMap<>();
    jdbc.sql(
            """
            select provider_id, message_id from provider_message
             where provider = ? and provider_id = any(?)
            """)
        .params(provider, providerIds.toArray(String[]::new))
        .query(
            row -> {
              found.put(row.getString("provider_id"), row.getObject("message_id", UUID.class));
            });
    return found;
  }

  @Override
  public Optional<Fate> ended(String provider, String providerId, boolean delivered) {
    // A part that arrived stays arrived, whatever is reported of it later.
    jdbc.sql(
            """
            update provider_message set delivered = ?
             where provider = ? and provider_id = ? and delivered is not true
            """)
        .params(delivered, provider, providerId)
        .update();
    return jdbc.sql(
            """
            select all_parts.message_id,
                   count(*) filter (where all_parts.delivered) as arrived,
                   count(*) filter (where not all_parts.delivered) as failed,
                   max(all_parts.parts) as parts
              from provider_message named
              join provider_message all_parts
                on all_parts.message_id = named.message_id and all_parts.provider = named.provider
             where named.provider = ? and named.provider_id = ?
             group by all_parts.message_id
            """)
        .params(provider, providerId)
        .query(
            (row, number) -> {
              boolean whole = row.getInt("arrived") >= row.getInt("parts");
              UUID messageId = row.getObject("message_id", UUID.class);
              return new Fate(messageId, whole || row.getInt("failed") > 0, whole);
            })
        .optional();
  }

  @Override
  public Map<String, UUID> open(String provider, Instant since, int max) {
    Map<String, UUID> open = new LinkedHashMap<>();
    jdbc.sql(
            """
            select provider_id, message_id from provider_message
             where provider = ? and at > ? and delivered is null
             order by at limit ?
            """)
        .params(provider, at(since), max)
        .query(
            row -> {
              open.put(row.getString("provider_id"), row.getObject("message_id", UUID.class));
            });
    return open;
  }

  /** Forgets what no provider reports on any more. */
  @Scheduled(cron = "0 40 3 * * *")
  void forget() {
    jdbc.sql("delete from provider_message where at < ?")
        .param(at(clock.instant().minus(KEPT)))
        .update();
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
