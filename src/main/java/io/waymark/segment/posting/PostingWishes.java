package io.waymark.segment.posting;

import io.waymark.platform.database.Columns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what was asked for, once a day each. Owns {@code posting_wish}. */
@Component
class PostingWishes {

  private static final int MOST_REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final Map<Wish, LocalDate> noted = new ConcurrentHashMap<>();

  PostingWishes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What is worth a list.
   *
   * @param days of events, how many days back; 0 of a tag
   */
  record Wish(String kind, String name, int days) {}

  /** Notes what a question needs. */
  void note(Needs needs, Instant now) {
    LocalDate today = Needs.day(now);
    List<Wish> wishes = new ArrayList<>();
    wishes.add(new Wish("customer", "", 0));
    needs.tags().forEach(tag -> wishes.add(new Wish("tag", tag, 0)));
    needs
        .events()
        .forEach(
            (type, days) -> {
              long back = Math.max(0, ChronoUnit.DAYS.between(days.first(), today));
              if (days.count() > 0 && back <= Needs.MOST_DAYS) {
                wishes.add(new Wish("event", type, (int) back));
              }
            });
    if (noted.size() > MOST_REMEMBERED) {
      noted.clear();
    }
    wishes.stream().filter(wish -> !today.equals(noted.get(wish))).forEach(wish -> note(wish, now));
  }

  private void note(Wish wish, Instant now) {
    jdbc.sql(
            """
            insert into posting_wish as w (kind, name, days, asked_at) values (?, ?, ?, ?)
            on conflict (kind, name) do update
               set days = greatest(w.days, excluded.days), asked_at = excluded.asked_at
            """)
        .params(wish.kind(), wish.name(), wish.days(), Columns.timestamp(now))
        .update();
    noted.put(wish, Needs.day(now));
  }
}
