package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A pool nothing can be chosen from. */
final class PoolEmpty implements Rule {

  @Override
  public String id() {
    return "compliance.pool_empty";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().steps("recommendProduct").stream()
        .filter(step -> !step.settings("pool").isEmpty())
        .filter(
            step ->
                step.settings("pool").stream().noneMatch(subject.facts().offeredTypes()::contains))
        .map(
            step ->
                Mark.at(
                    step,
                    "产品范围“" + step.setting("pool") + "”里没有一个在售的产品，谁都得不到推荐。",
                    "请填写目录里有在售产品的类型，例如 bond_fund,mixed_fund。"));
  }
}
