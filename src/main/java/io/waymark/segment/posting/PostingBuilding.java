package io.waymark.segment.posting;

import static io.waymark.segment.posting.PostingRows.packed;

import io.waymark.platform.database.Columns;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Builds lists from the rows, each in the snapshot of the caller's transaction, which must be
 * repeatable read. Rows are streamed; no more than one list is held.
 */
@Component
class PostingBuilding {

  /** A tag with more values than this has no list per value: they are looked up in the index. */
  private static final int MOST_VALUES = 1_000;

  /** Numbers are cut into about so many stretches. */
  private static final int STRETCHES = 128;

  private final JdbcClient jdbc;
  private final Clock clock;

  PostingBuilding(DataSource source, Clock clock) {
    this.jdbc = Streaming.over(source);
    this.clock = clock;
  }

  /** Who there is, and what stands in the customer's own row. */
  void customers() {
    Map<List<String>, RoaringBitmapWriter<RoaringBitmap>> sets =
        new TreeMap<>(PostingBuilding::order);
    jdbc.sql(
            """
            select id, branch, advisor, customer_class, legal_status from customer order by id
            """)
        .query(
            row -> {
              int id = Math.toIntExact(row.getLong("id"));
              add(sets, "all", "", id);
              add(sets, "branch", row.getString("branch"), id);
              add(sets, "class", row.getString("customer_class"), id);
              add(sets, "status", row.getString("legal_status"), id);
              String advisor = row.getString("advisor");
              if (advisor != null) {
                add(sets, "advisor", advisor, id);
              }
            });
    Parts parts = new Parts(post("customer", "", null, null, true));
    sets.forEach((key, set) -> parts.add(key.get(0), key.get(1), null, null, set.get()));
    parts.finish();
  }

  private static int order(List<String> one, List<String> other) {
    int field = one.get(0).compareTo(other.get(0));
    return field == 0 ? one.get(1).compareTo(other.get(1)) : field;
  }

  private static void add(
      Map<List<String>, RoaringBitmapWriter<RoaringBitmap>> sets,
      String field,
      String value,
      int id) {
    sets.computeIfAbsent(List.of(field, value), any -> RoaringBitmapWriter.writer().get()).add(id);
  }

  /** Who has which value of a tag. */
  void tag(String tag) {
    boolean byValue = values(tag) <= MOST_VALUES;
    Instant oldest =
        jdbc.sql("select min(as_of) as oldest from customer_tag where tag = ?")
            .param(tag)
            .query(
                (row, number) ->
                    row.getTimestamp(1) == null ? Instant.MAX : Columns.instant(row, "oldest"))
            .single();
    Parts parts =
        new Parts(post("tag", tag, null, oldest.equals(Instant.MAX) ? null : oldest, byValue));
    values(tag, byValue, parts);
    numbers(tag, parts);
    parts.finish();
  }

  private long values(String tag) {
    return jdbc.sql(
            """
            select count(*) from (
              select distinct value from (
                select value from customer_tag where tag = ? order by value) v limit ?) d
            """)
        .params(tag, MOST_VALUES + 1)
        .query(Long.class)
        .single();
  }

  private void values(String tag, boolean byValue, Parts parts) {
    RoaringBitmap all = new RoaringBitmap();
    var reading =
        new Object() {
          @Nullable String value;
          RoaringBitmapWriter<RoaringBitmap> set = RoaringBitmapWriter.writer().get();

          void end() {
            if (value != null) {
              RoaringBitmap found = set.get();
              all.or(found);
              if (byValue) {
                parts.add("value", value, null, null, found);
              }
            }
            set = RoaringBitmapWriter.writer().get();
          }
        };
    // Without a list per value the order of ids matters only, and the values need not travel.
    String sql =
        byValue
            ? "select customer_id, value from customer_tag where tag = ? order by value,"
                + " customer_id"
            : "select customer_id, '' as value from customer_tag where tag = ?";
    jdbc.sql(sql)
        .param(tag)
        .query(
            row -> {
              String value = row.getString(2);
              if (!value.equals(reading.value)) {
                reading.end();
                reading.value = value;
              }
              reading.set.add(Math.toIntExact(row.getLong(1)));
            });
    reading.end();
    parts.add("all", null, null, null, all);
  }

  /** Equal numbers are never parted, so that a stretch is within a comparison if its ends are. */
  private void numbers(String tag, Parts parts) {
    long count =
        jdbc.sql("select count(*) from customer_tag where tag = ? and number is not null")
            .param(tag)
            .query(Long.class)
            .single();
    long size = Math.max(1, count / STRETCHES);
    RoaringBitmap all = new RoaringBitmap();
    var stretch =
        new Object() {
          @Nullable BigDecimal least;
          @Nullable BigDecimal most;
          RoaringBitmap set = new RoaringBitmap();

          void end() {
            if (least != null) {
              all.or(set);
              parts.add("number", null, least, most, set);
            }
            least = null;
            set = new RoaringBitmap();
          }
        };
    jdbc.sql(
            """
            select customer_id, number from customer_tag
             where tag = ? and number is not null order by number, customer_id
            """)
        .param(tag)
        .query(
            row -> {
              BigDecimal number = row.getBigDecimal(2);
              if (stretch.most != null
                  && number.compareTo(stretch.most) != 0
                  && stretch.set.getCardinality() >= size) {
                stretch.end();
              }
              stretch.least = stretch.least == null ? number : stretch.least;
              stretch.most = number;
              stretch.set.add(Math.toIntExact(row.getLong(1)));
            });
    stretch.end();
    parts.add("numbers", null, null, null, all);
  }

  /**
   * Who did something on each of some days, and how often.
   *
   * @param last included
   */
  void days(String type, LocalDate first, LocalDate last) {
    Map<LocalDate, DayCounts> days = new TreeMap<>();
    first.datesUntil(last.plusDays(1)).forEach(day -> days.put(day, new DayCounts()));
    jdbc.sql(
            """
            select (occurred_at at time zone 'Asia/Shanghai')::date, customer_id, count(*)
              from customer_event where type = ? and occurred_at >= ? and occurred_at < ?
             group by 1, 2 order by 1, 2
            """)
        .params(
            type,
            Columns.timestamp(Needs.midnight(first)),
            Columns.timestamp(Needs.midnight(last.plusDays(1))))
        .query(
            row -> {
              days.get(row.getDate(1).toLocalDate())
                  .add(Math.toIntExact(row.getLong(2)), row.getLong(3));
            });
    days.forEach(
        (day, counts) -> {
          Parts parts = new Parts(post("event", type, day, null, false));
          parts.add("counts", null, null, null, counts.customers(), counts.packed());
          parts.finish();
        });
  }

  private long post(
      String kind,
      String name,
      @Nullable LocalDate day,
      @Nullable Instant oldest,
      boolean byValue) {
    Date date = day == null ? null : Date.valueOf(day);
    jdbc.sql("delete from posting where kind = ? and name = ? and day is not distinct from ?::date")
        .params(kind, name, date)
        .update();
    return jdbc.sql(
            """
            insert into posting
                   (kind, name, day, cluster, snapshot, oldest, by_value, built_at)
            select ?, ?, ?::date, system_identifier, pg_current_snapshot(), ?::timestamptz, ?, ?
              from pg_control_system()
            returning id
            """)
        .params(
            kind,
            name,
            date,
            oldest == null ? null : Columns.timestamp(oldest),
            byValue,
            Columns.timestamp(clock.instant()))
        .query(Long.class)
        .single();
  }

  /** Writes the parts of one list, some at once. */
  private final class Parts {

    private static final int SOME = 200;

    private record Row(
        int number,
        String field,
        @Nullable String value,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        long customers,
        byte[] list) {}

    private final long posting;
    private final List<Row> waiting = new ArrayList<>();
    private int next;

    Parts(long posting) {
      this.posting = posting;
    }

    void add(
        String field,
        @Nullable String value,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        RoaringBitmap set) {
      set.runOptimize();
      add(field, value, least, most, set.getLongCardinality(), packed(set));
    }

    void add(
        String field,
        @Nullable String value,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        long customers,
        byte[] list) {
      waiting.add(new Row(next++, field, value, least, most, customers, list));
      if (waiting.size() == SOME) {
        write();
      }
    }

    void finish() {
      write();
    }

    private void write() {
      jdbc.sql(
              """
              insert into posting_part (posting, number, field, value, least, most, customers, list)
              select ?, number, field, value, least, most, customers, list
                from unnest(?::int[], ?::text[], ?::text[], ?::numeric[], ?::numeric[],
                            ?::bigint[], ?::bytea[])
                     as g (number, field, value, least, most, customers, list)
              """)
          .params(
              posting,
              waiting.stream().map(Row::number).toArray(Integer[]::new),
              Columns.texts(waiting, Row::field),
              Columns.texts(waiting, Row::value),
              waiting.stream().map(Row::least).toArray(BigDecimal[]::new),
              waiting.stream().map(Row::most).toArray(BigDecimal[]::new),
              Columns.longs(waiting, Row::customers),
              Columns.bytes(waiting, Row::list))
          .update();
      waiting.clear();
    }
  }
}
