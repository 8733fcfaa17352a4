package io.waymark.segment.posting;

import static io.waymark.segment.rule.Sql.sql;

import io.waymark.segment.posting.Posting.Part;
import io.waymark.segment.rule.Comparison;
import io.waymark.segment.rule.Sql;
import io.waymark.segment.rule.TagCondition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers comparisons of a number: lists of stretches that lie wholly within are taken as they are,
 * a stretch that is cut is read from the rows.
 */
final class NumberParts {

  private final JdbcClient jdbc;
  private final PostingRows rows;
  private final Posting tag;

  NumberParts(JdbcClient jdbc, PostingRows rows, Posting tag) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.tag = tag;
  }

  /** A stretch of numbers; null where it has no end. */
  private record Range(
      @Nullable BigDecimal from, boolean fromToo, @Nullable BigDecimal to, boolean toToo) {

    boolean holds(BigDecimal number) {
      return !below(number) && !above(number);
    }

    boolean below(BigDecimal number) {
      return from != null && (fromToo ? number.compareTo(from) < 0 : number.compareTo(from) <= 0);
    }

    boolean above(BigDecimal number) {
      return to != null && (toToo ? number.compareTo(to) > 0 : number.compareTo(to) >= 0);
    }

    Sql within(String column) {
      Sql within = sql("true");
      if (from != null) {
        within = within.with(sql(" and " + column + (fromToo ? " >= ?" : " > ?"), from));
      }
      return to == null
          ? within
          : within.with(sql(" and " + column + (toToo ? " <= ?" : " < ?"), to));
    }
  }

  RoaringBitmap of(TagCondition condition) {
    if (condition instanceof TagCondition.Between between) {
      return in(new Range(between.least(), true, between.most(), true));
    }
    TagCondition.Number number = (TagCondition.Number) condition;
    BigDecimal bound = number.bound();
    return switch (number.comparison()) {
      case AT_LEAST -> in(new Range(bound, true, null, true));
      case ABOVE -> in(new Range(bound, false, null, true));
      case AT_MOST -> in(new Range(null, true, bound, true));
      case BELOW -> in(new Range(null, true, bound, false));
      case EQUAL -> in(new Range(bound, true, bound, true));
      case UNEQUAL ->
          RoaringBitmap.or(
              of(new TagCondition.Number(number.tag(), Comparison.BELOW, bound)),
              of(new TagCondition.Number(number.tag(), Comparison.ABOVE, bound)));
    };
  }

  private RoaringBitmap in(Range range) {
    List<Part> whole = new ArrayList<>();
    RoaringBitmap cut = new RoaringBitmap();
    for (Part part : rows.parts(tag)) {
      if (part.field().equals("number")) {
        BigDecimal least = Objects.requireNonNull(part.least());
        BigDecimal most = Objects.requireNonNull(part.most());
        if (range.holds(least) && range.holds(most)) {
          whole.add(part);
        } else if (!range.below(most) && !range.above(least)) {
          cut.or(cut(range, least, most));
        }
      }
    }
    List<RoaringBitmap> sets = new ArrayList<>(rows.sets(tag, whole));
    sets.add(cut);
    return FastAggregation.or(sets.iterator());
  }

  private RoaringBitmap cut(Range range, BigDecimal least, BigDecimal most) {
    return ListedRule.ids(
        jdbc,
        sql(
                """
                select f.customer_id from customer_tag f
                 where f.tag = ? and f.number >= ? and f.number <= ? and\s\
                """,
                tag.name(),
                least,
                most)
            .with(range.within("f.number")));
  }
}
