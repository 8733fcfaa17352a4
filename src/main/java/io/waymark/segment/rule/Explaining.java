package io.waymark.segment.rule;

import io.waymark.segment.rule.Rule.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks every condition of a rule about one customer in one statement and tells the answers. */
public final class Explaining {

  private static final String HIDDEN = "***";

  private final Rule rule;
  private final Function<String, Rule> audiences;
  private final Predicate<String> hidden;
  private final List<Condition> conditions = new ArrayList<>();

  /** What one condition answered, and from what. */
  private record Answer(Truth truth, @Nullable String seen) {}

  /**
   * @param hidden tags whose values are not told
   */
  public Explaining(Rule rule, Function<String, Rule> audiences, Predicate<String> hidden) {
    this.rule = rule;
    this.audiences = audiences;
    this.hidden = hidden;
    collect(rule);
  }

  /** The question, to be read by {@link #explanation}. */
  public Sql question(RuleSql translation, long customerId) {
    return Sql.sql("select ")
        .with(
            Sql.list(
                conditions.stream()
                    .flatMap(one -> Stream.of(translation.truth(one), translation.seen(one)))
                    .toList()))
        .with(Sql.sql(" from customer c where c.id = ?", customerId));
  }

  /** Reads the one row of the question. */
  public Explanation explanation(ResultSet row) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      answers.add(
          new Answer(Truth.of(row.getObject(2 * i + 1, Boolean.class)), row.getString(2 * i + 2)));
    }
    return tell(rule, answers.iterator());
  }

  private void collect(Rule part) {
    if (part instanceof Condition condition) {
      conditions.add(condition);
    } else {
      parts(part).forEach(this::collect);
    }
  }

  private Explanation tell(Rule part, Iterator<Answer> answers) {
    if (part instanceof Condition condition) {
      Answer answer = answers.next();
      return new Explanation(
          condition.wording(),
          answer.truth(),
          answer.seen() != null && hides(condition) ? HIDDEN : answer.seen(),
          answer.truth() == Truth.UNKNOWN ? condition.unknownBecause() : null,
          List.of());
    }
    List<Explanation> told = parts(part).stream().map(inner -> tell(inner, answers)).toList();
    return new Explanation(part.wording(), combined(part, told), null, null, told);
  }

  private boolean hides(Condition condition) {
    return condition instanceof TagCondition tag && hidden.test(tag.tag());
  }

  private static Truth combined(Rule part, List<Explanation> told) {
    var truths = told.stream().map(Explanation::truth);
    if (part instanceof Rule.Any) {
      return truths.reduce(Truth.NO, Truth::or);
    }
    Truth all = truths.reduce(Truth.YES, Truth::and);
    if (part instanceof Rule.IsUnknown) {
      return all == Truth.UNKNOWN ? Truth.YES : Truth.NO;
    }
    return part instanceof Rule.Not ? all.not() : all;
  }

  private List<Rule> parts(Rule part) {
    return part instanceof Rule.InAudience other
        ? List.of(audiences.apply(other.code()))
        : part.inner();
  }
}
