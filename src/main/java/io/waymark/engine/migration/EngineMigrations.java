package io.waymark.engine.migration;

import io.waymark.advisor.CarriedTasks;
import io.waymark.engine.migration.Resends.Going;
import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.OwnMessage;
import io.waymark.journey.FailureReason;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.MoveHistory;
import io.waymark.journey.MoveHistory.Act;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.OverdueTimers;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.journey.migration.MigrationEngine;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Migrates instances on the engine, and with them all that Waymark knows of their customers. */
@Component
class EngineMigrations implements MigrationEngine {

  private final Maps maps;
  private final DrawnVersions drawings;
  private final Resends resends;
  private final JourneyTransactions transactions;
  private final Participations participations;
  private final NodeVisits visits;
  private final MoveHistory history;
  private final OverdueTimers timers;
  private final CarriedTasks tasks;
  private final DrawnOutcomes outcomes;
  private final EngineCommands commands;
  private final RuntimeService runtime;
  private final JdbcClient jdbc;

  EngineMigrations(
      Maps maps,
      DrawnVersions drawings,
      Resends resends,
      JourneyTransactions transactions,
      Participations participations,
      NodeVisits visits,
      MoveHistory history,
      OverdueTimers timers,
      CarriedTasks tasks,
      DrawnOutcomes outcomes,
      EngineCommands commands,
      RuntimeService runtime,
      JdbcClient jdbc) {
    this.maps = maps;
    this.drawings = drawings;
    this.resends = resends;
    this.transactions = transactions;
    this.participations = participations;
    this.visits = visits;
    this.history = history;
    this.timers = timers;
    this.tasks = tasks;
    this.outcomes = outcomes;
    this.commands = commands;
    this.runtime = runtime;
    this.jdbc = jdbc;
  }

  @Override
  public List<Node> nodes(JourneyVersion version) {
    Drawn drawn = drawings.of(version);
    return drawn.nodes().stream()
        .filter(Maps::matters)
        .map(
            node ->
                new Node(
                    node.id(),
                    node.name(),
                    node.kind(),
                    node.waits() && drawn.gatewayBefore(node.id()) == null))
        .toList();
  }

  @Override
  public Map<String, String> names(JourneyVersion version) {
    return drawings.of(version).nodes().stream()
        .collect(Collectors.toMap(DrawnNode::id, DrawnNode::name));
  }

  @Override
  public Map<String, String> propose(JourneyVersion from, JourneyVersion to) {
    return maps.propose(from, to);
  }

  @Override
  public List<Problem> problems(JourneyVersion from, JourneyVersion to, Map<String, String> map) {
    return maps.problems(from, to, map);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, String> migrate(Order order, Collection<Long> participationIds) {
    transactions.know(participationIds);
    // What was read before the locks may be over by now.
    List<Participation> inside =
        participations.findAll(participationIds).stream()
            .filter(one -> one.leftAt() == null && one.journeyVersionId() == order.from().id())
            .toList();
    Map<Long, String> left = notMovable(inside);
    List<Participation> movable =
        inside.stream().filter(one -> !left.containsKey(one.id())).toList();
    if (!movable.isEmpty()) {
      move(order, movable);
    }
    return left;
  }

  private Map<Long, String> notMovable(List<Participation> inside) {
    Map<String, Boolean> held = new HashMap<>();
    jdbc.sql(
            """
            select id_, suspension_state_ <> 1 from act_ru_execution where id_ = any(:instances)
            """)
        .param("instances", instances(inside).toArray(String[]::new))
        .query(
            row -> {
              held.put(row.getString(1), row.getBoolean(2));
            });
    Map<Long, String> left = new HashMap<>();
    for (Participation one : inside) {
      Boolean stands = held.get(String.valueOf(one.processInstanceId()));
      if (stands == null) {
        left.put(one.id(), "引擎里已没有该客户的流程实例，请在“在途客户”页将其移出旅程。");
      } else if (stands) {
        left.put(one.id(), "该客户的旅程被召回或暂停，恢复后再重试。");
      }
    }
    return left;
  }

  private static List<String> instances(Collection<Participation> participations) {
    return participations.stream()
        .map(Participation::processInstanceId)
        .filter(Objects::nonNull)
        .toList();
  }

  private void move(Order order, List<Participation> movable) {
    List<Long> ids = movable.stream().map(Participation::id).toList();
    Map<Long, List<String>> at = visits.open(ids);
    MigrationPlan plan = maps.plan(order.from(), order.to(), order.map(), order.timers());
    movable.forEach(one -> transactions.becomes(inVersion(one, order.to())));
    commands.unhindered(
        () -> runtime.newMigration(plan).processInstanceIds(instances(movable)).execute());
    resend(order, movable, at);
    visits.carry(ids, order.map(), order.to().id());
    participations.changeVersion(ids, order.from().id(), order.to().id());
    carryTasks(order, movable, ids);
    lookForEarlierEvents(order, movable, at);
    timers.settle(ids, order.overdue());
    history.write(
        movable.stream().map(one -> act(order, one, at)).toList(),
        order.overdue().reason(),
        order.overdue().by());
  }

  private static Act act(Order order, Participation one, Map<Long, List<String>> at) {
    List<String> from = at.getOrDefault(one.id(), List.of());
    return new Act(
        one,
        order.to().id(),
        "migrate",
        from,
        List.copyOf(Maps.after(from, order.map())),
        order.planId());
  }

  private static Participation inVersion(Participation one, JourneyVersion version) {
    return new Participation(
        one.id(),
        version.id(),
        one.journeyKey(),
        one.customerId(),
        one.branch(),
        one.processInstanceId(),
        one.enteredAt(),
        one.entryEventSeq(),
        one.goal(),
        one.leftAt(),
        one.leftReason(),
        one.trace());
  }

  private void resend(Order order, List<Participation> movable, Map<Long, List<String>> at) {
    Drawn to = drawings.of(order.to());
    Map<List<String>, Set<String>> ahead = new HashMap<>();
    resends.prevent(
        movable.stream()
            .map(
                one -> {
                  List<String> from = at.getOrDefault(one.id(), List.of());
                  return new Going(
                      one,
                      from,
                      ahead.computeIfAbsent(
                          from, nodes -> new HashSet<>(to.reach(Maps.after(nodes, order.map())))));
                })
            .toList(),
        drawings.of(order.from()),
        to,
        order.map());
  }

  private void carryTasks(Order order, List<Participation> movable, List<Long> ids) {
    List<Long> customers = movable.stream().map(Participation::customerId).toList();
    Drawn to = drawings.of(order.to());
    order
        .map()
        .forEach(
            (from, target) -> {
              DrawnNode node = to.node(target);
              if (node != null && node.kind().equals("userTask")) {
                tasks.carry(
                    customers, ids, from, target, node.name(), outcomes.of(order.to(), target));
              }
            });
  }

  /** A wait the new version has and the old one had not may be for something that came before. */
  private void lookForEarlierEvents(
      Order order, List<Participation> movable, Map<Long, List<String>> at) {
    Drawn to = drawings.of(order.to());
    Map<Long, Set<String>> awaited = new HashMap<>();
    for (Participation one : movable) {
      Set<String> names = new LinkedHashSet<>();
      Maps.after(at.getOrDefault(one.id(), List.of()), order.map())
          .forEach(node -> names.addAll(to.awaited(node)));
      if (!names.isEmpty()) {
        awaited.put(one.id(), names);
      }
    }
    Map<String, String> last =
        awaited.values().stream().flatMap(Set::stream).anyMatch(OwnMessage::isOne)
            ? lastMessages(movable)
            : Map.of();
    for (Participation one : movable) {
      Set<String> names = awaited.get(one.id());
      if (names != null) {
        transactions.awaits(
            inVersion(one, order.to()),
            List.copyOf(names),
            last.get(String.valueOf(one.processInstanceId())));
      }
    }
  }

  private Map<String, String> lastMessages(List<Participation> movable) {
    Map<String, String> last = new HashMap<>();
    jdbc.sql(
            """
            select proc_inst_id_, text_ from act_ru_variable
             where proc_inst_id_ = any(:instances) and name_ = :name
            """)
        .param("instances", instances(movable).toArray(String[]::new))
        .param("name", OwnMessage.LAST)
        .query(
            row -> {
              last.put(row.getString(1), row.getString(2));
            });
    return last;
  }

  @Override
  public String why(RuntimeException failure, Order order) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MigratingProcessInstanceValidationException refused) {
        Drawn from = drawings.of(order.from());
        return Stream.concat(
                refused.getValidationReport().getActivityInstanceReports().stream()
                    .map(
                        report -> said(from.name(report.getSourceScopeId()), report.getFailures())),
                refused.getValidationReport().getTransitionInstanceReports().stream()
                    .map(
                        report -> said(from.name(report.getSourceScopeId()), report.getFailures())))
            .distinct()
            .collect(Collectors.joining("；", "", "。"));
      }
    }
    return passing(failure)
        ? "该客户正在继续走旅程，请稍后重试。"
        : "执行时出错：" + FailureReason.of(failure) + "。请处理该问题后重试。";
  }

  private static String said(String node, List<String> failures) {
    return "“"
        + node
        + "”："
        + failures.stream().map(EngineWords::chinese).distinct().collect(Collectors.joining("；"));
  }

  @Override
  public boolean passing(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OptimisticLockingException
          || cause instanceof TransientDataAccessException) {
        return true;
      }
    }
    return false;
  }
}
