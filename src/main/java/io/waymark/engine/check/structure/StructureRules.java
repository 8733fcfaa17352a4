package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Rule;
import java.util.List;

/** Every rule about whether customers can walk a drawing. */
public final class StructureRules {

  private StructureRules() {}

  /** In the order in which findings are told. */
  public static List<Rule> all() {
    return List.of(
        new DeadEnd(),
        new Unreachable(),
        new GatewayDefault(),
        new GatewayCondition(),
        new GatewayNames(),
        new SingleAnswer(),
        new ConditionOutsideGateway(),
        new ImplicitFork(),
        new SecondToken(),
        new SubProcessStart(),
        new WaitWithoutLimit(),
        new ExitAwaited(),
        new TaskNotEscalated(),
        new EscalatesNothing(),
        new VariableUnset(),
        new ValueImpossible(),
        new NameMissing(),
        new FormOutcomes(),
        new TableResult(),
        new TableGap(),
        new TimerPast(),
        new GoesOn());
  }
}
