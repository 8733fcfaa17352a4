package io.waymark.engine.migration;

import io.waymark.engine.migration.Resends.Going;
import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.journey.CustomerMove;
import io.waymark.journey.CustomerMove.End;
import io.waymark.journey.CustomerMove.MoveTo;
import io.waymark.journey.CustomerMove.Skip;
import io.waymark.journey.CustomerMoves.Place;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import java.time.Clock;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One move of one customer, with every rule about it, in the caller's transaction. */
@Component
class Pushing {

  private static final Set<String> TARGETS =
      Set.of(
          "userTask",
          "receiveTask",
          "serviceTask",
          "businessRuleTask",
          "exclusiveGateway",
          "eventBasedGateway",
          "intermediateCatchEvent",
          "subProcess");

  private final JourneyTransactions transactions;
  private final Participations participations;
  private final NodeVisits visits;
  private final DrawnVersions drawings;
  private final Resends resends;
  private final EngineCommands commands;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final JdbcClient jdbc;
  private final Clock clock;

  Pushing(
      JourneyTransactions transactions,
      Participations participations,
      NodeVisits visits,
      DrawnVersions drawings,
      Resends resends,
      EngineCommands commands,
      RuntimeService runtime,
      ManagementService management,
      JdbcClient jdbc,
      Clock clock) {
    this.transactions = transactions;
    this.participations = participations;
    this.visits = visits;
    this.drawings = drawings;
    this.resends = resends;
    this.commands = commands;
    this.runtime = runtime;
    this.management = management;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A participation whose customer is locked, where it stands and how it is drawn. */
  private record Standing(Participation participation, List<String> at, Drawn drawn) {

    private long id() {
      return participation.id();
    }

    private String instance() {
      return Objects.requireNonNull(participation.processInstanceId());
    }
  }

  /**
   * Makes the move.
   *
   * @return the nodes at which the customer stands afterwards; none when he has left
   * @throws JourneyRefusedException when it may not be made
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<String> push(Participation seen, CustomerMove move) {
    transactions.know(List.of(seen.id()));
    // What was read before the lock may be over by now.
    Participation participation = participations.find(seen.id()).orElseThrow();
    if (participation.leftAt() != null) {
      throw new JourneyRefusedException("already_left", "该客户已离开旅程，无需处理。");
    }
    transactions.becomes(participation);
    Standing standing =
        new Standing(
            participation,
            visits.open(List.of(seen.id())).getOrDefault(seen.id(), List.of()),
            drawings.of(participation.journeyVersionId()));
    Optional<Boolean> held = heldInstance(standing);
    if (move instanceof End) {
      end(standing, held.isPresent());
      return List.of();
    }
    if (held.isEmpty()) {
      throw new JourneyRefusedException("instance_gone", "引擎里已没有该客户的流程实例，只能将其移出旅程。");
    }
    if (held.get()) {
      throw new JourneyRefusedException("journey_held", "该客户所在的旅程已被召回或暂停，恢复后再处理；也可以将其移出旅程。");
    }
    if (move instanceof Skip skip) {
      skip(standing, skip.way());
    } else if (move instanceof MoveTo to) {
      moveTo(standing, to.node());
    } else {
      retry(standing);
    }
    return tokens(standing);
  }

  /** Whether the instance stands still; empty when there is none. */
  private Optional<Boolean> heldInstance(Standing standing) {
    return jdbc.sql("select suspension_state_ <> 1 from act_ru_execution where id_ = ?")
        .param(standing.participation().processInstanceId())
        .query(Boolean.class)
        .optional();
  }

  private List<String> tokens(Standing standing) {
    return jdbc.sql(
            """
            select distinct act_id_ from act_ru_execution
             where proc_inst_id_ = ? and act_id_ is not null and is_active_ order by act_id_
            """)
        .param(standing.instance())
        .query(String.class)
        .list();
  }

  private void retry(Standing standing) {
    commands.unhindered(
        () -> {
          List<Job> failed =
              management
                  .createJobQuery()
                  .processInstanceId(standing.instance())
                  .noRetriesLeft()
                  .list();
          if (failed.isEmpty()) {
            throw new JourneyRefusedException("nothing_failed", "该客户没有失败的步骤，不需要重试。");
          }
          for (Job job : failed) {
            management.setJobRetries(job.getId(), 1);
            management.setJobDuedate(job.getId(), Date.from(clock.instant()));
          }
        });
  }

  private void end(Standing standing, boolean known) {
    if (known) {
      transactions.leaving(standing.id(), "removed", null);
      commands.unhindered(() -> runtime.deleteProcessInstance(standing.instance(), "removed"));
    } else {
      transactions.gone(standing.participation(), standing.at(), "removed");
    }
  }

  private void skip(Standing standing, @Nullable String way) {
    if (standing.at().size() != 1) {
      throw new JourneyRefusedException("many_places", "该客户同时停在多处，请改用“移动到”选择一个节点。");
    }
    List<Place> ways = Ways.of(standing.drawn(), standing.at().get(0));
    Place chosen =
        ways.stream()
            .filter(one -> way == null ? ways.size() == 1 : one.id().equals(way))
            .findFirst()
            .orElseThrow(
                () ->
                    new JourneyRefusedException("way_missing", "这里有多条出路或没有出路，请选择从哪一条继续，或改用“移动到”。"));
    DrawnNode next = target(standing.drawn(), chosen.id());
    go(standing, next, instance -> instance.startTransition(chosen.id()));
  }

  private static DrawnNode target(Drawn drawn, String flowId) {
    return drawn.nodes().stream()
        .flatMap(node -> node.outgoing().stream())
        .filter(flow -> flow.id().equals(flowId))
        .map(flow -> Objects.requireNonNull(drawn.node(flow.target())))
        .findFirst()
        .orElseThrow();
  }

  private void moveTo(Standing standing, String node) {
    DrawnNode target = standing.drawn().node(node);
    if (target == null || !isTarget(standing.drawn(), target)) {
      throw new JourneyRefusedException("no_target", "不能移动到这个节点，请在列表中另选一个。");
    }
    if (standing.at().equals(List.of(node))) {
      throw new JourneyRefusedException("already_there", "该客户已经停在“" + target.name() + "”。");
    }
    go(standing, target, instance -> instance.startBeforeActivity(node));
  }

  /** Inside an event's sub-process nobody can be put: only its event leads there. */
  static boolean isTarget(Drawn drawn, DrawnNode node) {
    return TARGETS.contains(node.kind())
        && !node.eventSubProcess()
        && node.scope() == null
        && drawn.gatewayBefore(node.id()) == null;
  }

  private interface Start {
    ProcessInstanceModificationBuilder at(ProcessInstanceModificationBuilder instance);
  }

  private void go(Standing standing, DrawnNode target, Start start) {
    if (target.sends()
        && resends.heardBehind(
            standing.participation(), standing.at(), standing.drawn(), target.id())) {
      throw new JourneyRefusedException(
          "already_heard", "客户在“" + target.name() + "”这一步已收到消息，移动不会重发；请选择其后的步骤。");
    }
    Set<String> ahead = new HashSet<>(standing.drawn().reach(List.of(target.id())));
    ahead.add(target.id());
    resends.prevent(
        List.of(new Going(standing.participation(), standing.at(), ahead)),
        standing.drawn(),
        standing.drawn(),
        same(standing.drawn()));
    standing.at().forEach(node -> transactions.outcome(standing.id(), node, "moved"));
    commands.unhindered(
        () -> {
          ProcessInstanceModificationBuilder instance =
              runtime.createProcessInstanceModification(standing.instance());
          for (String node : outermost(standing)) {
            instance = instance.cancelAllForActivity(node);
          }
          start.at(instance).execute();
        });
  }

  private static Map<String, String> same(Drawn drawn) {
    return drawn.nodes().stream()
        .collect(java.util.stream.Collectors.toMap(DrawnNode::id, DrawnNode::id));
  }

  /** What ends with its sub-process is not ended a second time. */
  private static List<String> outermost(Standing standing) {
    return standing.at().stream()
        .filter(
            node -> {
              DrawnNode drawn = standing.drawn().node(node);
              return drawn == null
                  || drawn.scope() == null
                  || !standing.at().contains(drawn.scope());
            })
        .toList();
  }
}
