package io.waymark.segment.posting;

import io.waymark.platform.database.Columns;
import io.waymark.segment.posting.Posting.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads lists, and what changed since they were built, as one transaction sees both. */
@Component
class PostingRows {

  private final JdbcClient jdbc;
  private final Memory memory = new Memory();

  PostingRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The lists there are of what is needed. */
  List<Posting> find(Needs needs) {
    List<String> types = new ArrayList<>();
    List<Date> first = new ArrayList<>();
    List<Date> last = new ArrayList<>();
    needs
        .events()
        .forEach(
            (type, days) -> {
              types.add(type);
              first.add(Date.valueOf(days.first()));
              last.add(Date.valueOf(days.last()));
            });
    return jdbc.sql(
            """
            select id, kind, name, day, oldest, by_value from posting
             where cluster = (select system_identifier from pg_control_system())
               and kind = 'customer'
            union all
            select id, kind, name, day, oldest, by_value from posting
             where cluster = (select system_identifier from pg_control_system())
               and kind = 'tag' and name = any(?)
            union all
            select p.id, p.kind, p.name, p.day, p.oldest, p.by_value
              from unnest(?::text[], ?::date[], ?::date[]) as n (type, first, last)
              join posting p on p.kind = 'event' and p.name = n.type
                            and p.day between n.first and n.last
             where p.cluster = (select system_identifier from pg_control_system())
            """)
        .params(
            needs.tags().toArray(String[]::new),
            types.toArray(String[]::new),
            first.toArray(Date[]::new),
            last.toArray(Date[]::new))
        .query(PostingRows::posting)
        .list();
  }

  private static Posting posting(ResultSet row, int number) throws SQLException {
    Date day = row.getDate("day");
    return new Posting(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("name"),
        day == null ? null : day.toLocalDate(),
        row.getTimestamp("oldest") == null ? null : Columns.instant(row, "oldest"),
        row.getBoolean("by_value"));
  }

  /**
   * What lists have not seen.
   *
   * @param outdated lists of which too much changed to be named
   * @param customers whom the other changes concern, in order
   */
  record Unseen(Collection<Long> outdated, TreeSet<Long> customers) {}

  /** What these lists have not seen. */
  Unseen unseen(Collection<Posting> postings) {
    Unseen unseen = new Unseen(new ArrayList<>(), new TreeSet<>());
    jdbc.sql(
            """
            with unseen as materialized (
              select p.id, x.customers
                from posting p
                join posting_change x
                  on x.kind = p.kind and (p.kind = 'customer' or p.name = any(x.names))
                 and (p.day is null or p.day between x.first_day and x.last_day)
                 and not pg_visible_in_snapshot(x.xid, p.snapshot)
               where p.id = any(?))
            select distinct id as outdated, null::bigint as customer from unseen
             where customers is null
            union all
            select distinct null::bigint, c.id
              from (select distinct customers from unseen where customers is not null) u
             cross join unnest(u.customers) as c (id)
            """)
        .param(Columns.longs(postings, Posting::id))
        .query(
            row -> {
              long outdated = row.getLong("outdated");
              if (row.wasNull()) {
                unseen.customers().add(row.getLong("customer"));
              } else {
                unseen.outdated().add(outdated);
              }
            });
    return unseen;
  }

  /** The parts of a list, in order. */
  @SuppressWarnings("unchecked")
  List<Part> parts(Posting posting) {
    var key = new Memory.Key(posting.id(), -1);
    Object known = memory.find(key);
    if (known != null) {
      return (List<Part>) known;
    }
    List<Part> parts =
        jdbc.sql(
                """
                select number, field, value, least, most from posting_part
                 where posting = ? order by number
                """)
            .param(posting.id())
            .query(Part.class)
            .list();
    memory.keep(key, parts, 200L * parts.size());
    return parts;
  }

  /** The customers of some parts of a list; not to be changed. */
  List<RoaringBitmap> sets(Posting posting, List<Part> parts) {
    Map<Integer, RoaringBitmap> found = new HashMap<>();
    List<Integer> missing = new ArrayList<>();
    for (Part part : parts) {
      if (memory.find(new Memory.Key(posting.id(), part.number())) instanceof RoaringBitmap set) {
        found.put(part.number(), set);
      } else {
        missing.add(part.number());
      }
    }
    if (!missing.isEmpty()) {
      jdbc.sql("select number, list from posting_part where posting = ? and number = any(?)")
          .params(posting.id(), missing.toArray(Integer[]::new))
          .query(
              row -> {
                RoaringBitmap set = unpacked(row.getBytes("list"));
                int number = row.getInt("number");
                memory.keep(new Memory.Key(posting.id(), number), set, set.getLongSizeInBytes());
                found.put(number, set);
              });
    }
    return parts.stream().map(part -> found.get(part.number())).toList();
  }

  /** The packed counts of lists of events, in any order. */
  List<byte[]> counts(Collection<Posting> days) {
    List<byte[]> found = new ArrayList<>();
    List<Long> missing = new ArrayList<>();
    for (Posting day : days) {
      if (memory.find(new Memory.Key(day.id(), 0)) instanceof byte[] packed) {
        found.add(packed);
      } else {
        missing.add(day.id());
      }
    }
    if (!missing.isEmpty()) {
      jdbc.sql("select posting, list from posting_part where posting = any(?)")
          .param(missing.toArray(Long[]::new))
          .query(
              row -> {
                byte[] packed = row.getBytes("list");
                memory.keep(
                    new Memory.Key(row.getLong("posting"), 0), packed, packed.length + 100L);
                found.add(packed);
              });
    }
    return found;
  }

  static byte[] packed(RoaringBitmap set) {
    byte[] bytes = new byte[set.serializedSizeInBytes()];
    set.serialize(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private static RoaringBitmap unpacked(byte @Nullable [] bytes) {
    RoaringBitmap set = new RoaringBitmap();
    try {
      set.deserialize(ByteBuffer.wrap(bytes == null ? new byte[0] : bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a list cannot be read", e);
    }
    return set;
  }
}
