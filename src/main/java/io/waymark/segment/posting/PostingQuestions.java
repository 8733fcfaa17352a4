package io.waymark.segment.posting;

import io.waymark.platform.rehearsal.Rehearsing;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.Rule;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the customers a rule selects from lists. The answer is that of the rows at one moment: the
 * customers of whom something changed since a list was built are tested one by one, in the snapshot
 * that lists, changes and tests are read in.
 */
@Component
public class PostingQuestions {

  /** More customers than this are not tested one by one. */
  private static final int MOST_CHANGED = 5_000;

  /** A window may have some days without a list, which are read from the rows. */
  private static final int MOST_MISSING_DAYS = 7;

  private final JdbcClient jdbc;
  private final PostingRows rows;
  private final PostingWishes wishes;
  private final TransactionTemplate reading;

  PostingQuestions(
      DataSource source,
      PostingRows rows,
      PostingWishes wishes,
      PlatformTransactionManager transactions) {
    this.jdbc = Streaming.over(source);
    this.rows = rows;
    this.wishes = wishes;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.reading.setReadOnly(true);
  }

  /**
   * The customers of these branches the rule selects, as of the beginning of the call. Empty when
   * lists do not answer it: a condition has none, they are not built yet, too much has changed
   * since, or the caller is within a transaction, whose changes no list knows. What lacks a list is
   * noted, so that it gets one.
   *
   * @param patience how long a statement may take
   */
  public Optional<Selected> ask(
      Rule rule,
      Function<String, Rule> audiences,
      Moment moment,
      BranchScope scope,
      Duration patience) {
    if (Rehearsing.on() || TransactionSynchronizationManager.isActualTransactionActive()) {
      return Optional.empty();
    }
    Optional<Needs> needs = Needs.of(rule, audiences, moment);
    if (needs.isEmpty()) {
      return Optional.empty();
    }
    wishes.note(needs.get(), moment.now());
    Optional<Selected> found =
        reading.execute(
            status -> {
              prepare(patience);
              return new Asking(rule, audiences, moment, scope).answer(needs.get());
            });
    return found == null ? Optional.empty() : found;
  }

  private void prepare(Duration patience) {
    jdbc.sql(
            """
            select set_config('statement_timeout', ?, true), set_config('jit', 'off', true),
                   set_config('work_mem', '64MB', true),
                   set_config('plan_cache_mode', 'force_custom_plan', true)
            """)
        .param(patience.toMillis() + "ms")
        .query((row, number) -> "")
        .single();
  }

  /** One question. */
  private final class Asking {

    private final Rule rule;
    private final Function<String, Rule> audiences;
    private final Moment moment;
    private final BranchScope scope;

    Asking(Rule rule, Function<String, Rule> audiences, Moment moment, BranchScope scope) {
      this.rule = rule;
      this.audiences = audiences;
      this.moment = moment;
      this.scope = scope;
    }

    Optional<Selected> answer(Needs needs) {
      List<Posting> found = rows.find(needs);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      PostingRows.Unseen unseen = rows.unseen(found);
      Set<Long> outdated = new HashSet<>(unseen.outdated());
      List<Posting> usable = found.stream().filter(one -> !outdated.contains(one.id())).toList();
      Optional<Posting> customers =
          usable.stream().filter(one -> one.kind().equals("customer")).findFirst();
      if (customers.isEmpty()
          || unseen.customers().size() > MOST_CHANGED
          || !cover(usable, needs)) {
        return Optional.empty();
      }
      ListedRule listed = new ListedRule(jdbc, rows, audiences, moment, customers.get(), usable);
      return Optional.of(selected(listed, unseen.customers()));
    }

    private boolean cover(List<Posting> postings, Needs needs) {
      Set<String> tags = new HashSet<>();
      Map<String, Long> days = new HashMap<>();
      for (Posting one : postings) {
        if (one.kind().equals("tag")) {
          tags.add(one.name());
        } else if (one.day() != null) {
          days.merge(one.name(), 1L, Long::sum);
        }
      }
      return tags.containsAll(needs.tags())
          && needs.events().entrySet().stream()
              .allMatch(
                  one ->
                      one.getValue().count() - days.getOrDefault(one.getKey(), 0L)
                          <= MOST_MISSING_DAYS);
    }

    private Selected selected(ListedRule listed, Collection<Long> changed) {
      Map<String, RoaringBitmap> branches = new TreeMap<>(listed.branches());
      RoaringBitmap found = listed.members(rule);
      if (!scope.all()) {
        found =
            RoaringBitmap.and(
                found,
                FastAggregation.or(
                    branches.entrySet().stream()
                        .filter(one -> scope.covers(one.getKey()))
                        .map(Map.Entry::getValue)
                        .iterator()));
      }
      if (changed.isEmpty()) {
        return new Selected(found, branches);
      }
      RoaringBitmap old = new RoaringBitmap();
      changed.forEach(id -> old.add(Math.toIntExact(id)));
      RoaringBitmap all = RoaringBitmap.andNot(found, old);
      branches.replaceAll((branch, set) -> RoaringBitmap.andNot(set, old));
      test(changed, all, branches);
      return new Selected(all, branches);
    }

    private void test(
        Collection<Long> changed, RoaringBitmap found, Map<String, RoaringBitmap> branches) {
      Sql question =
          Sql.sql(
                  "select c.id, c.branch from customer c where c.id = any(?) and ",
                  (Object) changed.toArray(Long[]::new))
              .with(new RuleSql(moment, audiences).truth(rule).enclosed());
      jdbc.sql(question.text())
          .params(question.values())
          .query(
              row -> {
                String branch = row.getString("branch");
                if (scope.covers(branch)) {
                  int id = Math.toIntExact(row.getLong("id"));
                  found.add(id);
                  branches.computeIfAbsent(branch, any -> new RoaringBitmap()).add(id);
                }
              });
    }
  }
}
