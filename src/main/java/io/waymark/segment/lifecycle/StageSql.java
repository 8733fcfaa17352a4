package io.waymark.segment.lifecycle;

import io.waymark.platform.database.Columns;
import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Moment;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage machine as one question. Unknown never moves anybody: a stage is entered where its rule
 * is true, and fallen back from where what holds him is false.
 */
final class StageSql {

  private final LifecyclePolicy policy;
  private final Moment moment;
  private final RuleSql translation;

  StageSql(LifecyclePolicy policy, Moment moment) {
    this.policy = policy;
    this.moment = moment;
    this.translation = new RuleSql(moment, AudienceRules::none);
  }

  /** Columns id, branch, former, as_of, next of these customers. */
  Sql of(Collection<Long> customerIds) {
    Sql next = Sql.sql("case k.stage ");
    for (Stage stage : policy.stages()) {
      next = next.with(Sql.sql("when ? then ", stage.code())).with(from(stage)).with(Sql.sql(" "));
    }
    return Sql.sql("select c.id, c.branch, k.stage as former, k.as_of, ")
        .with(next)
        .with(Sql.sql("else "))
        .with(first())
        .with(
            Sql.sql(
                """
                end as next
                 from (select c.*\
                """
                    + " "))
        .with(CustomerPieces.among(customerIds))
        .with(
            Sql.sql(
                """
                ) c left join lifecycle_stage k on k.customer_id = c.id
                 order by c.id
                """));
  }

  private Sql from(Stage stage) {
    Sql answer =
        Sql.sql(
            "(case when k.since > ? then ? ",
            Columns.timestamp(moment.now().minus(Duration.ofDays(stage.stayDays()))),
            stage.code());
    answer = answer.with(ways(policy.onward(stage)));
    if (stage.hold() != null) {
      answer =
          answer
              .with(Sql.sql("when "))
              .with(truth(stage.hold()))
              .with(Sql.sql(" is not false then ? ", stage.code()));
    }
    answer = answer.with(ways(policy.back(stage)));
    return answer.with(Sql.sql("else ? end)", stage.code()));
  }

  private Sql ways(List<Stage> stages) {
    Sql answer = Sql.sql("");
    for (Stage to : stages) {
      answer =
          answer
              .with(Sql.sql("when "))
              .with(truth(to.enter()))
              .with(Sql.sql(" then ? ", to.code()));
    }
    return answer;
  }

  /** Where a customer without a stage begins; an unknown rule above leaves him without. */
  private Sql first() {
    Sql answer = Sql.sql("(case ");
    for (Stage stage : policy.stages()) {
      if (stage.enter() == null) {
        answer = answer.with(Sql.sql("else ? ", stage.code()));
      } else {
        answer =
            answer
                .with(Sql.sql("when "))
                .with(truth(stage.enter()))
                .with(Sql.sql(" then ? when ", stage.code()))
                .with(truth(stage.enter()))
                .with(Sql.sql(" is null then null "));
      }
    }
    return answer.with(Sql.sql("end)"));
  }

  /** The stage that takes all others can always be entered by who may go there. */
  private Sql truth(@Nullable String rule) {
    return rule == null ? Sql.sql("true") : translation.truth(AudienceRules.parse(rule)).enclosed();
  }
}
