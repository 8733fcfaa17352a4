package io.waymark.customer.tag;

import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the changes of those tags whose definition asks for a history. */
@Component
public class TagHistory {

  private static final String HIDDEN = "***";

  private final JdbcClient jdbc;
  private final TagRegistry registry;

  TagHistory(JdbcClient jdbc, TagRegistry registry) {
    this.jdbc = jdbc;
    this.registry = registry;
  }

  /** Changes of one customer with {@code from <= at < to}, oldest first. */
  public List<TagChange> of(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select tag, before, after, at, actor from tag_change
             where customer_id = ? and at >= ? and at < ?
             order by at, tag
            """)
        .params(customerId, Columns.timestamp(from), Columns.timestamp(to))
        .query(this::read)
        .list();
  }

  private TagChange read(ResultSet row, int number) throws SQLException {
    String tag = row.getString("tag");
    Optional<TagDefinition> known = registry.find(tag);
    boolean open = known.map(TagDefinition::privacy).orElse(null) == PrivacyClass.PUBLIC;
    return new TagChange(
        tag,
        known.map(TagDefinition::name).orElse(tag),
        shown(row.getString("before"), open),
        shown(row.getString("after"), open),
        Columns.instant(row, "at"),
        row.getString("actor"));
  }

  private static @Nullable String shown(@Nullable String value, boolean open) {
    return value == null || open ? value : HIDDEN;
  }
}
