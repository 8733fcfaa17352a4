package io.waymark.customer.identity;

import io.waymark.customer.tag.TagsChanged;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tags of merged records: of each the newest value counts for the survivor, and what stood there
 * before is kept until the merge is undone. Table {@code customer_merge_tag}.
 */
@Component
class MergedTags {

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher publisher;

  MergedTags(JdbcClient jdbc, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.publisher = publisher;
  }

  void take(long mergeId, long survivorId, long absorbedId) {
    // The rows before the change are read in the same statement: its snapshot is older than it.
    List<String> taken =
        jdbc.sql(
                """
                with written as
                  (insert into customer_tag as t
                          (customer_id, branch, tag, value, number, as_of, updated_at, updated_by)
                   select s.id, s.branch, a.tag, a.value, a.number, a.as_of, a.updated_at,
                          a.updated_by
                     from customer_tag a join customer s on s.id = :survivor
                    where a.customer_id = :absorbed
                    order by a.tag
                   on conflict (customer_id, tag) do update
                      set value = excluded.value, number = excluded.number,
                          as_of = excluded.as_of, updated_at = excluded.updated_at,
                          updated_by = excluded.updated_by
                    where t.as_of < excluded.as_of
                   returning t.*)
                insert into customer_merge_tag (merge_id, tag, before, after)
                select :merge, w.tag, to_jsonb(b), to_jsonb(w)
                  from written w
                  left join customer_tag b on b.customer_id = :survivor and b.tag = w.tag
                on conflict (merge_id, tag) do update
                   set before = excluded.before, after = excluded.after
                returning tag
                """)
            .param("merge", mergeId)
            .param("survivor", survivorId)
            .param("absorbed", absorbedId)
            .query(String.class)
            .list();
    tell(survivorId, taken);
  }

  /**
   * Puts back what nobody has changed since. Where a later merge took its value over this one's, it
   * now stands over what was there before; and records still merged give what they have newer.
   */
  void giveBack(long mergeId, long survivorId) {
    unlink(mergeId, survivorId);
    List<String> untouched =
        jdbc.sql(
                """
                select m.tag
                  from customer_merge_tag m
                  join customer_tag t on t.customer_id = :survivor and t.tag = m.tag
                 where m.merge_id = :merge
                   and (t.value, t.as_of) =
                       (m.after ->> 'value', (m.after ->> 'as_of')::timestamptz)
                """)
            .param("merge", mergeId)
            .param("survivor", survivorId)
            .query(String.class)
            .list();
    jdbc.sql(
            """
            update customer_tag t
               set value = b.value, number = b.number, as_of = b.as_of,
                   updated_at = b.updated_at, updated_by = b.updated_by
              from customer_merge_tag m,
                   jsonb_populate_record(null::customer_tag, m.before) b
             where m.merge_id = :merge and m.before is not null and m.tag = any(:tags)
               and t.customer_id = :survivor and t.tag = m.tag
            """)
        .param("merge", mergeId)
        .param("survivor", survivorId)
        .param("tags", untouched.toArray(String[]::new))
        .update();
    jdbc.sql(
            """
            delete from customer_tag t
             using customer_merge_tag m
             where m.merge_id = :merge and m.before is null and m.tag = any(:tags)
               and t.customer_id = :survivor and t.tag = m.tag
            """)
        .param("merge", mergeId)
        .param("survivor", survivorId)
        .param("tags", untouched.toArray(String[]::new))
        .update();
    tell(survivorId, untouched);
    jdbc.sql(
            """
            select id, absorbed_id from customer_merge
             where survivor_id = ? and undone_at is null order by id
            """)
        .param(survivorId)
        .query(
            row -> {
              take(row.getLong("id"), survivorId, row.getLong("absorbed_id"));
            });
  }

  private void unlink(long mergeId, long survivorId) {
    jdbc.sql(
            """
            update customer_merge_tag later
               set before = gone.before
              from customer_merge_tag gone, customer_merge m
             where gone.merge_id = :merge and later.tag = gone.tag
               and m.id = later.merge_id and m.survivor_id = :survivor and m.undone_at is null
               and m.id > :merge
               and (later.before ->> 'value', later.before ->> 'as_of') =
                   (gone.after ->> 'value', gone.after ->> 'as_of')
            """)
        .param("merge", mergeId)
        .param("survivor", survivorId)
        .update();
  }

  private void tell(long survivorId, List<String> tags) {
    if (!tags.isEmpty()) {
      publisher.publishEvent(new TagsChanged(List.of(survivorId), Set.copyOf(tags)));
    }
  }
}
