package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code in_app_message}: what stands at the places of the App. */
@Component
class InAppMessages {

  private static final String DEFAULT_SLOT = "home";

  private final JdbcClient jdbc;

  InAppMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Places frozen messages; the parameter {@code slot} says where, {@code home} when absent. */
  void place(Collection<UUID> messageIds, Instant now, Instant validUntil) {
    jdbc.sql(
            """
            insert into in_app_message (
              message_id, customer_id, branch, slot, template, template_version_id, product,
              purpose, priority, subject_sealed, body_sealed, placed_at, valid_until, journey_key)
            select message_id, customer_id, branch, coalesce(slot, ?), template,
                   template_version_id, product, purpose, priority, subject_sealed, body_sealed,
                   ?, ?, journey_key
              from message where message_id = any(?::uuid[])
            """)
        .params(DEFAULT_SLOT, Column.at(now), Column.at(validUntil), Column.uuids(messageIds))
        .update();
  }

  /** What stands at a place for a customer now, highest priority first, then newest. */
  List<Placed> at(long customerId, String slot, Instant now, int max) {
    return jdbc.sql(
            """
            select message_id, customer_id, branch, template, template_version_id, product, purpose,
                   priority, subject_sealed, body_sealed, placed_at, valid_until,
                   coalesce(journey_key, '') as journey_key
              from in_app_message
             where customer_id = ? and slot = ? and valid_until > ? and placed_at <= ?
             order by priority desc, placed_at desc, message_id limit ?
            """)
        .params(customerId, slot, Column.at(now), Column.at(now), max)
        .query(InAppMessages::read)
        .list();
  }

  /** Removes what nobody can see any more; the log keeps the message. */
  int purge(Instant before) {
    return jdbc.sql("delete from in_app_message where valid_until < ?")
        .param(Column.at(before))
        .update();
  }

  private static Placed read(ResultSet row, int number) throws SQLException {
    UUID id = Column.uuid(row, "message_id");
    return new Placed(
        new StoredMessages.Stored(
            id,
            MessageIds.createdAt(id),
            new ContactRequest(
                row.getLong("customer_id"),
                row.getString("branch"),
                null,
                row.getString("journey_key"),
                "",
                0,
                row.getString("template"),
                row.getString("product"),
                row.getInt("priority"),
                Map.of()),
            row.getLong("template_version_id"),
            Channel.IN_APP,
            Purpose.of(row.getString("purpose")),
            row.getBytes("subject_sealed"),
            row.getBytes("body_sealed"),
            "",
            "delivered",
            true,
            null,
            null),
        Column.instant(row, "placed_at"),
        Column.instant(row, "valid_until"));
  }

  /** A message at its place. */
  record Placed(StoredMessages.Stored message, Instant placedAt, Instant validUntil) {

    @Nullable String product() {
      return message.request().product();
    }
  }
}
