package io.waymark.customer.tag;

import io.waymark.platform.database.Columns;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tags: what is known of a customer by name. A value that reads as a decimal number is kept as one
 * as well, so that rules compare numbers as numbers. A value older than its tag's freshness limit
 * is unknown.
 */
@Component
public class CustomerTags implements TagWriter {

  private final JdbcClient jdbc;
  private final TagRegistry registry;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;

  CustomerTags(
      JdbcClient jdbc, TagRegistry registry, ApplicationEventPublisher publisher, Clock clock) {
    this.jdbc = jdbc;
    this.registry = registry;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Sets one tag. */
  @Transactional
  public void set(long customerId, String tag, String value, String actor) {
    setAll(List.of(new TagValue(customerId, tag, value)), actor);
  }

  /** {@inheritDoc} Setting the same value anew makes it fresh. One statement, however many. */
  @Override
  @Transactional
  public void setAll(Collection<TagValue> values, String actor) {
    if (values.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Map<List<Object>, TagValue> last = new LinkedHashMap<>();
    values.forEach(value -> last.put(List.of(value.customerId(), value.tag()), value));
    Set<String> tags = last.values().stream().map(TagValue::tag).collect(Collectors.toSet());
    // The rows before the change are read in the same statement: its snapshot is older than it.
    jdbc.sql(
            """
            with given as materialized
              (select c.id as customer_id, c.branch, g.tag, g.value, g.number, g.as_of
                 from unnest(:customers::bigint[], :tags::text[], :values::text[],
                             :numbers::numeric[], :asOf::timestamptz[])
                      as g (customer_id, tag, value, number, as_of)
                 join customer c on c.id = g.customer_id),
            written as
              (insert into customer_tag as t
                      (customer_id, branch, tag, value, number, as_of, updated_at, updated_by)
               select customer_id, branch, tag, value, number, as_of, :now, :actor
                 from given order by customer_id, tag
               on conflict (customer_id, tag) do update
                  set value = excluded.value, number = excluded.number, as_of = excluded.as_of,
                      updated_at = excluded.updated_at, updated_by = excluded.updated_by
                where t.as_of <= excluded.as_of
               returning customer_id, branch, tag, value, as_of)
            insert into tag_change (at, customer_id, branch, tag, before, after, actor)
            select w.as_of, w.customer_id, w.branch, w.tag, b.value, w.value, :actor
              from written w
              left join customer_tag b on b.customer_id = w.customer_id and b.tag = w.tag
             where w.tag = any(:kept) and b.value is distinct from w.value
            """)
        .param("customers", Columns.longs(last.values(), TagValue::customerId))
        .param("tags", Columns.texts(last.values(), TagValue::tag))
        .param("values", Columns.texts(last.values(), TagValue::value))
        .param("numbers", Columns.texts(last.values(), CustomerTags::number))
        .param("asOf", Columns.instants(last.values(), value -> asOf(value, now)))
        .param("now", Timestamp.from(now))
        .param("actor", actor)
        .param("kept", kept(tags))
        .update();
    publisher.publishEvent(
        new TagsChanged(
            last.values().stream().map(TagValue::customerId).distinct().toList(), tags));
  }

  @Override
  @Transactional
  public void remove(String tag, Collection<Long> customerIds, String actor) {
    jdbc.sql(
            """
            with gone as
              (delete from customer_tag where customer_id = any(:customers) and tag = :tag
               returning customer_id, branch, tag, value)
            insert into tag_change (at, customer_id, branch, tag, before, after, actor)
            select :now, customer_id, branch, tag, value, null, :actor
              from gone where tag = any(:kept)
            """)
        .param("customers", Columns.longs(customerIds))
        .param("tag", tag)
        .param("now", Timestamp.from(clock.instant()))
        .param("actor", actor)
        .param("kept", kept(Set.of(tag)))
        .update();
    publisher.publishEvent(new TagsChanged(List.copyOf(customerIds), Set.of(tag)));
  }

  /**
   * Some tags of some customers, by customer then tag; a customer without any of them has an empty
   * map. A value past its freshness limit is left out: it is unknown.
   *
   * @param tags which; empty for all
   */
  public Map<Long, Map<String, String>> of(Collection<Long> customerIds, Collection<String> tags) {
    Instant now = clock.instant();
    Map<String, TagDefinition> definitions = registry.byCode();
    Map<Long, Map<String, String>> found = new HashMap<>();
    customerIds.forEach(id -> found.put(id, new HashMap<>()));
    jdbc.sql(
            """
            select customer_id, tag, value, as_of from customer_tag
             where customer_id = any(:ids) and (:any or tag = any(:tags))
            """)
        .param("ids", Columns.longs(customerIds))
        .param("any", tags.isEmpty())
        .param("tags", tags.toArray(String[]::new))
        .query(
            row -> {
              String tag = row.getString("tag");
              TagDefinition definition = definitions.get(tag);
              if (definition == null || definition.fresh(Columns.instant(row, "as_of"), now)) {
                found
                    .computeIfAbsent(row.getLong("customer_id"), id -> new HashMap<>())
                    .put(tag, row.getString("value"));
              }
            });
    return found;
  }

  /** All that is held for one customer, by tag; unlike {@link #of} with what is stale. */
  public List<HeldTag> held(long customerId) {
    Instant now = clock.instant();
    Map<String, TagDefinition> definitions = registry.byCode();
    return jdbc.sql("select tag, value, as_of from customer_tag where customer_id = ? order by tag")
        .param(customerId)
        .query(
            (row, number) -> {
              TagDefinition definition = definitions.get(row.getString("tag"));
              Instant asOf = Columns.instant(row, "as_of");
              return new HeldTag(
                  row.getString("tag"),
                  row.getString("value"),
                  asOf,
                  definition == null || definition.fresh(asOf, now));
            })
        .list();
  }

  private String[] kept(Set<String> tags) {
    return registry.all().stream()
        .filter(TagDefinition::keepHistory)
        .map(TagDefinition::code)
        .filter(tags::contains)
        .collect(Collectors.toCollection(TreeSet::new))
        .toArray(String[]::new);
  }

  private static Instant asOf(TagValue value, Instant now) {
    Instant asOf = value.asOf();
    return asOf == null || asOf.isAfter(now) ? now : asOf;
  }

  private static String number(TagValue value) {
    return TagType.number(value.value()).map(BigDecimal::toPlainString).orElse(null);
  }
}
