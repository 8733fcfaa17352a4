package io.waymark.engine.migration;

import io.waymark.engine.run.EngineCommands;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.migration.MigrationEngine.Problem;
import io.waymark.journey.migration.TimerChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstructionBuilder;
import org.camunda.bpm.engine.migration.MigrationInstructionValidationReport;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a drawn map to the engine's plan, with the engine's own checks and its words in Chinese. */
@Component
class Maps {

  private static final int MOST_ROUNDS = 20;

  private final DrawnVersions drawings;
  private final RuntimeService runtime;
  private final EngineCommands commands;

  Maps(DrawnVersions drawings, RuntimeService runtime, EngineCommands commands) {
    this.drawings = drawings;
    this.runtime = runtime;
    this.commands = commands;
  }

  Map<String, String> propose(JourneyVersion from, JourneyVersion to) {
    Drawn target = drawings.of(to);
    Map<String, String> map = new LinkedHashMap<>();
    for (DrawnNode node : drawings.of(from).nodes()) {
      DrawnNode same = target.node(node.id());
      if (same != null && matters(node) && alike(node, same)) {
        map.put(node.id(), same.id());
      }
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Problem> problems = problems(from, to, map);
      if (problems.isEmpty()) {
        break;
      }
      problems.forEach(problem -> map.remove(problem.from()));
    }
    return map;
  }

  static boolean matters(DrawnNode node) {
    return node.kept() || node.sends();
  }

  private static boolean alike(DrawnNode node, DrawnNode other) {
    return node.kind().equals(other.kind())
        && Objects.equals(node.trigger(), other.trigger())
        && node.sends() == other.sends();
  }

  List<Problem> problems(JourneyVersion from, JourneyVersion to, Map<String, String> map) {
    Drawn source = drawings.of(from);
    Drawn target = drawings.of(to);
    List<Problem> problems = new ArrayList<>();
    map.forEach(
        (node, other) -> {
          String sentence = drawnWrong(source.node(node), target.node(other));
          if (sentence != null) {
            problems.add(new Problem(node, other, sentence));
          }
        });
    if (problems.isEmpty()) {
      try {
        plan(from, to, map, TimerChoice.KEEP);
      } catch (MigrationPlanValidationException refused) {
        for (MigrationInstructionValidationReport report :
            refused.getValidationReport().getInstructionReports()) {
          String node = report.getMigrationInstruction().getSourceActivityId();
          problems.add(
              new Problem(
                  node,
                  report.getMigrationInstruction().getTargetActivityId(),
                  "“"
                      + source.name(node)
                      + "”："
                      + report.getFailures().stream()
                          .map(EngineWords::chinese)
                          .collect(Collectors.joining("；"))));
        }
      }
    }
    return problems;
  }

  private static @Nullable String drawnWrong(@Nullable DrawnNode node, @Nullable DrawnNode other) {
    if (node == null || other == null) {
      return "对应关系里有不存在的节点，请重新选择。";
    }
    if (node.sends() != other.sends()) {
      return "“" + node.name() + "”与“" + other.name() + "”一个发送消息、一个不发送，不能对应。";
    }
    if (!matters(node) || !matters(other) || !node.kind().equals(other.kind())) {
      return "“" + node.name() + "”与“" + other.name() + "”不是同一种节点，不能对应；请选择同类节点。";
    }
    return null;
  }

  MigrationPlan plan(
      JourneyVersion from, JourneyVersion to, Map<String, String> map, TimerChoice timers) {
    Drawn source = drawings.of(from);
    Drawn target = drawings.of(to);
    AtomicReference<MigrationPlan> plan = new AtomicReference<>();
    commands.unhindered(
        () -> {
          MigrationPlanBuilder builder =
              runtime.createMigrationPlan(from.definitionId(), to.definitionId());
          for (Map.Entry<String, String> line : new TreeMap<>(map).entrySet()) {
            DrawnNode node = source.node(line.getKey());
            DrawnNode other = target.node(line.getValue());
            if (node == null || other == null || !node.kept()) {
              continue;
            }
            MigrationInstructionBuilder instruction = builder.mapActivities(node.id(), other.id());
            if (anew(node, other, timers)) {
              instruction.updateEventTrigger();
            }
          }
          plan.set(builder.build());
        });
    return plan.get();
  }

  /** A message of another name must be awaited under the new one; a timer as was chosen. */
  private static boolean anew(DrawnNode node, DrawnNode other, TimerChoice timers) {
    if (node.trigger() == null || !node.trigger().equals(other.trigger())) {
      return false;
    }
    return node.trigger().equals("timer")
        ? timers == TimerChoice.ANEW
        : !Objects.equals(node.event(), other.event());
  }

  /** Nodes a customer stands at after the move, seen from where he stood. */
  static Set<String> after(List<String> at, Map<String, String> map) {
    return at.stream()
        .map(map::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }
}
