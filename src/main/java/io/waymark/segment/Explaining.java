package io.waymark.segment;

import io.waymark.segment.Rule.Condition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Asks every condition of a rule about one customer in one statement and tells the answers. */
final class Explaining {

  private final Rule rule;
  private final Function<String, Rule> audiences;
  private final List<Condition> conditions = new ArrayList<>();

  Explaining(Rule rule, Function<String, Rule> audiences) {
    this.rule = rule;
    this.audiences = audiences;
    collect(rule);
  }

  /** How many conditions, and so columns, the question has. */
  int size() {
    return conditions.size();
  }

  Sql question(RuleSql translation, long customerId) {
    return Sql.sql("select ")
        .with(Sql.list(conditions.stream().map(translation::truth).toList()))
        .with(Sql.sql(" from customer c where c.id = ?", customerId));
  }

  /**
   * @param truths one answer per condition, in the order of the question
   */
  Explanation explanation(List<Truth> truths) {
    return tell(rule, truths.iterator());
  }

  private void collect(Rule part) {
    if (part instanceof Condition condition) {
      conditions.add(condition);
    } else {
      parts(part).forEach(this::collect);
    }
  }

  private Explanation tell(Rule part, Iterator<Truth> truths) {
    if (part instanceof Condition condition) {
      Truth truth = truths.next();
      return new Explanation(
          condition.wording(),
          truth,
          truth == Truth.UNKNOWN ? condition.unknownBecause() : null,
          List.of());
    }
    List<Explanation> told = parts(part).stream().map(inner -> tell(inner, truths)).toList();
    return new Explanation(part.wording(), combined(part, told), null, told);
  }

  private static Truth combined(Rule part, List<Explanation> told) {
    var truths = told.stream().map(Explanation::truth);
    if (part instanceof Rule.Any) {
      return truths.reduce(Truth.NO, Truth::or);
    }
    Truth all = truths.reduce(Truth.YES, Truth::and);
    return part instanceof Rule.Not ? all.not() : all;
  }

  private List<Rule> parts(Rule part) {
    if (part instanceof Rule.All all) {
      return all.parts();
    }
    if (part instanceof Rule.Any any) {
      return any.parts();
    }
    if (part instanceof Rule.Not not) {
      return List.of(not.part());
    }
    return List.of(audiences.apply(((Rule.InAudience) part).code()));
  }
}
