package io.waymark.segment.posting;

import static io.waymark.segment.rule.Sql.sql;

import io.waymark.customer.LegalStatus;
import io.waymark.segment.posting.Posting.Part;
import io.waymark.segment.rule.EventCondition;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.PersonCondition;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.Sql;
import io.waymark.segment.rule.TagCondition;
import io.waymark.segment.rule.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers a rule from lists, for one moment and one transaction. It holds for customers of whom
 * nothing changed since; the sets it hands out are nobody's to change.
 */
final class ListedRule {

  private final JdbcClient jdbc;
  private final PostingRows rows;
  private final Function<String, Rule> audiences;
  private final Moment moment;
  private final Posting customers;
  private final Map<String, Posting> tags = new HashMap<>();
  private final Map<String, NavigableMap<LocalDate, Posting>> days = new HashMap<>();
  private final RoaringBitmap everybody;

  ListedRule(
      JdbcClient jdbc,
      PostingRows rows,
      Function<String, Rule> audiences,
      Moment moment,
      Posting customers,
      Collection<Posting> postings) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.audiences = audiences;
    this.moment = moment;
    this.customers = customers;
    for (Posting one : postings) {
      if (one.kind().equals("tag")) {
        tags.put(one.name(), one);
      } else if (one.day() != null) {
        days.computeIfAbsent(one.name(), type -> new TreeMap<>()).put(one.day(), one);
      }
    }
    this.everybody = union(customers, part -> part.field().equals("all"));
  }

  /** The customers of whom the rule is true. */
  RoaringBitmap members(Rule rule) {
    return RoaringBitmap.and(selecting(rule, true), everybody);
  }

  /** The customers of each branch. */
  Map<String, RoaringBitmap> branches() {
    List<Part> parts = parts(customers, part -> part.field().equals("branch"));
    List<RoaringBitmap> sets = rows.sets(customers, parts);
    Map<String, RoaringBitmap> branches = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      branches.put(String.valueOf(parts.get(i).value()), sets.get(i));
    }
    return branches;
  }

  private RoaringBitmap selecting(Rule rule, boolean wanted) {
    if (rule instanceof Rule.All all) {
      return selecting(all.parts(), wanted, wanted);
    }
    if (rule instanceof Rule.Any any) {
      return selecting(any.parts(), wanted, !wanted);
    }
    if (rule instanceof Rule.Not not) {
      return selecting(not.part(), !wanted);
    }
    if (rule instanceof Rule.IsUnknown unknown) {
      RoaringBitmap known =
          RoaringBitmap.or(selecting(unknown.part(), true), selecting(unknown.part(), false));
      return wanted ? RoaringBitmap.andNot(everybody, known) : known;
    }
    if (rule instanceof Rule.InAudience other) {
      return selecting(audiences.apply(other.code()), wanted);
    }
    if (rule instanceof TagCondition tag) {
      return tag(tag, wanted);
    }
    if (rule instanceof EventCondition.Times times) {
      return times(times, wanted);
    }
    return person((PersonCondition) rule, wanted);
  }

  private RoaringBitmap selecting(List<Rule> parts, boolean wanted, boolean every) {
    RoaringBitmap together = selecting(parts.get(0), wanted);
    for (Rule part : parts.subList(1, parts.size())) {
      if (every && together.isEmpty()) {
        return together;
      }
      RoaringBitmap next = selecting(part, wanted);
      together = every ? RoaringBitmap.and(together, next) : RoaringBitmap.or(together, next);
    }
    return together;
  }

  private RoaringBitmap tag(TagCondition condition, boolean wanted) {
    Posting tag = Objects.requireNonNull(tags.get(condition.tag()));
    RoaringBitmap told = union(tag, part -> part.field().equals("all"));
    RoaringBitmap found;
    if (condition instanceof TagCondition.Known) {
      RoaringBitmap fresh = fresh(tag, told);
      return wanted ? fresh : RoaringBitmap.andNot(everybody, fresh);
    } else if (condition instanceof TagCondition.Text text) {
      found = among(tag, text.values());
      found = wanted == text.among() ? found : RoaringBitmap.andNot(told, found);
    } else {
      found = new NumberParts(jdbc, rows, tag).of(condition);
      found =
          wanted
              ? found
              : RoaringBitmap.andNot(union(tag, part -> part.field().equals("numbers")), found);
    }
    return fresh(tag, found);
  }

  /** Without those whose value is too old; what only became younger is read from the rows. */
  private RoaringBitmap fresh(Posting tag, RoaringBitmap found) {
    Instant limit = moment.oldest(tag.name());
    if (limit == null || tag.oldest() == null || !tag.oldest().isBefore(limit)) {
      return found;
    }
    return RoaringBitmap.andNot(
        found,
        ids(
            sql(
                "select f.customer_id from customer_tag f where f.tag = ? and f.as_of < ?",
                tag.name(),
                Moment.stamp(limit))));
  }

  private RoaringBitmap among(Posting tag, List<String> values) {
    return tag.byValue()
        ? union(tag, part -> part.field().equals("value") && values.contains(part.value()))
        : ids(
            sql(
                "select f.customer_id from customer_tag f where f.tag = ? and f.value = any(?)",
                tag.name(),
                values.toArray(String[]::new)));
  }

  private RoaringBitmap person(PersonCondition condition, boolean wanted) {
    if (condition instanceof PersonCondition.BranchIn in) {
      return column("branch", in.branches(), in.among() == wanted);
    }
    if (condition instanceof PersonCondition.AdvisorIn in) {
      return column("advisor", in.advisors(), in.among() == wanted);
    }
    if (condition instanceof PersonCondition.ClassIs is) {
      return column("class", List.of(is.value().name()), is.among() == wanted);
    }
    PersonCondition.StatusIs is = (PersonCondition.StatusIs) condition;
    LegalStatus status = is.value();
    return column("status", List.of(status.name()), is.among() == wanted);
  }

  /** No value is neither among them nor not. */
  private RoaringBitmap column(String field, List<String> values, boolean among) {
    return union(
        customers,
        part ->
            part.field().equals(field)
                && part.value() != null
                && values.contains(part.value()) == among);
  }

  private RoaringBitmap times(EventCondition.Times times, boolean wanted) {
    boolean none = times.comparison().holds(Integer.compare(0, times.bound())) == wanted;
    int[] counts = counts(times.event().type(), moment.bounds(times.window()));
    RoaringBitmapWriter<RoaringBitmap> writing = RoaringBitmapWriter.writer().get();
    for (int id = 1; id < counts.length; id++) {
      int count = counts[id];
      if (count > 0
          && (times.comparison().holds(Integer.compare(count, times.bound())) == wanted) != none) {
        writing.add(id);
      }
    }
    RoaringBitmap found = writing.get();
    return none ? RoaringBitmap.andNot(everybody, found) : found;
  }

  private int[] counts(String type, Window.Bounds bounds) {
    Instant from = Objects.requireNonNull(bounds.from());
    Needs.Days whole = Needs.Days.within(bounds, from);
    NavigableMap<LocalDate, Posting> listed =
        whole.first().isAfter(whole.last())
            ? new TreeMap<>()
            : days.getOrDefault(type, new TreeMap<>())
                .subMap(whole.first(), true, whole.last(), true);
    int[] counts = new int[largest() + 1];
    rows.counts(listed.values()).forEach(day -> DayCounts.addTo(counts, day));
    for (Window.Bounds gap : gaps(bounds, from, listed)) {
      addRows(counts, type, gap);
    }
    return counts;
  }

  private int largest() {
    return Math.toIntExact(
        Optional.ofNullable(jdbc.sql("select max(id) from customer").query(Long.class).single())
            .orElse(0L));
  }

  /** The stretches of the window that no list covers. */
  static List<Window.Bounds> gaps(
      Window.Bounds bounds, Instant from, NavigableMap<LocalDate, Posting> listed) {
    List<Window.Bounds> gaps = new ArrayList<>();
    Instant reached = from;
    for (LocalDate day : listed.keySet()) {
      Instant begin = Needs.midnight(day);
      if (reached.isBefore(begin)) {
        gaps.add(new Window.Bounds(reached, begin.minusNanos(1_000)));
      }
      reached = Needs.midnight(day.plusDays(1));
    }
    if (!reached.isAfter(bounds.until())) {
      gaps.add(new Window.Bounds(reached, bounds.until()));
    }
    return gaps;
  }

  private void addRows(int[] counts, String type, Window.Bounds gap) {
    jdbc.sql(
            """
            select f.customer_id, count(*) as times from customer_event f
             where f.type = ? and f.occurred_at >= ? and f.occurred_at <= ?
             group by f.customer_id
            """)
        .params(type, Moment.stamp(Objects.requireNonNull(gap.from())), Moment.stamp(gap.until()))
        .query(
            row -> {
              long id = row.getLong(1);
              if (id < counts.length) {
                int at = (int) id;
                long sum = counts[at] + row.getLong(2);
                counts[at] = sum > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) sum;
              }
            });
  }

  private RoaringBitmap union(Posting posting, Predicate<Part> which) {
    List<RoaringBitmap> sets = rows.sets(posting, parts(posting, which));
    return sets.size() == 1 ? sets.get(0) : FastAggregation.or(sets.iterator());
  }

  private List<Part> parts(Posting posting, Predicate<Part> which) {
    return rows.parts(posting).stream().filter(which).toList();
  }

  private RoaringBitmap ids(Sql question) {
    return ids(jdbc, question);
  }

  /** The customers a statement finds. */
  static RoaringBitmap ids(JdbcClient jdbc, @Nullable Sql question) {
    RoaringBitmap found = new RoaringBitmap();
    if (question != null) {
      jdbc.sql(question.text())
          .params(question.values())
          .query(
              row -> {
                found.add(Math.toIntExact(row.getLong(1)));
              });
    }
    return found;
  }
}
