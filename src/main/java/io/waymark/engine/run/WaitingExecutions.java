package io.waymark.engine.run;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.QueuedEvent;
import io.waymark.journey.EventUses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds who waits for an event, by the customer's participations and the engine's subscriptions,
 * and wakes them.
 */
@Component
class WaitingExecutions {

  private static final String OUTCOME = "messageOutcome";

  private final JdbcClient jdbc;
  private final RuntimeService runtime;
  private final EngineCommands commands;
  private final InstanceLoading instances;
  private final JourneyTransactions transactions;
  private final EventUses uses;

  WaitingExecutions(
      JdbcClient jdbc,
      RuntimeService runtime,
      EngineCommands commands,
      InstanceLoading instances,
      JourneyTransactions transactions,
      EventUses uses) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.commands = commands;
    this.instances = instances;
    this.transactions = transactions;
    this.uses = uses;
  }

  private record Waiting(
      long seq,
      long participationId,
      String processInstanceId,
      String executionId,
      String eventName) {

    private EventUses.Use use() {
      return new EventUses.Use(participationId, seq);
    }
  }

  /** Wakes all that wait for these events; at most one event per customer. */
  void wake(List<QueuedEvent> queued) {
    Map<Long, CustomerEvent> events =
        queued.stream()
            .map(QueuedEvent::event)
            .collect(
                Collectors.toMap(
                    CustomerEvent::seq, Function.identity(), (first, second) -> first));
    List<Waiting> found = find(queued);
    if (found.isEmpty()) {
      return;
    }
    commands.together(
        () -> {
          transactions.know(found.stream().map(Waiting::participationId).toList());
          instances.load(found.stream().map(Waiting::processInstanceId).toList());
          for (Waiting waiting : firstPerParticipation(found, events)) {
            runtime.messageEventReceived(
                waiting.eventName(), waiting.executionId(), variables(of(waiting, events)));
          }
        });
  }

  /** The first wait of each participation that the event concerns and has not moved before. */
  private List<Waiting> firstPerParticipation(
      List<Waiting> found, Map<Long, CustomerEvent> events) {
    Map<Long, Waiting> first = new LinkedHashMap<>();
    for (Waiting waiting : found) {
      if (concerned(waiting, of(waiting, events))) {
        first.putIfAbsent(waiting.participationId(), waiting);
      }
    }
    Set<EventUses.Use> fresh = uses.use(first.values().stream().map(Waiting::use).toList());
    return first.values().stream().filter(waiting -> fresh.contains(waiting.use())).toList();
  }

  private boolean concerned(Waiting waiting, CustomerEvent event) {
    return OwnEvent.concerns(event, waiting.participationId())
        && OwnMessage.concerns(
            event, () -> runtime.getVariable(waiting.executionId(), OwnMessage.LAST));
  }

  private static CustomerEvent of(Waiting waiting, Map<Long, CustomerEvent> events) {
    return Objects.requireNonNull(events.get(waiting.seq()));
  }

  /**
   * A goal or exit (subscribed on the instance itself) comes before the wait a token stands on,
   * since it ends what the token would go on to do. A held journey hears nothing now; what it
   * misses is queued again when it goes on (see {@link HeldJourneys}).
   */
  private List<Waiting> find(List<QueuedEvent> queued) {
    return jdbc.sql(
            """
            select e.seq, p.id as participation_id, p.process_instance_id,
                   s.execution_id_ as execution_id, s.event_name_ as event_name
              from unnest(:seqs, :customers, :types, :participations)
                     as e (seq, customer_id, type, participation_id)
              join participation p
                on p.customer_id = e.customer_id and p.left_at is null
               and (e.participation_id = 0 or e.participation_id = p.id)
              join act_ru_execution i
                on i.id_ = p.process_instance_id and i.suspension_state_ = 1
              join act_ru_event_subscr s
                on s.proc_inst_id_ = p.process_instance_id and s.event_name_ = e.type
             where s.event_type_ = 'message'
             order by p.customer_id, p.id, (s.execution_id_ = s.proc_inst_id_) desc
            """)
        .param("seqs", queued.stream().map(one -> one.event().seq()).toArray(Long[]::new))
        .param(
            "customers", queued.stream().map(one -> one.event().customerId()).toArray(Long[]::new))
        .param("types", queued.stream().map(one -> one.event().type()).toArray(String[]::new))
        .param(
            "participations",
            queued.stream()
                .map(one -> Objects.requireNonNullElse(one.participationId(), 0L))
                .toArray(Long[]::new))
        .query(Waiting.class)
        .list();
  }

  private static Map<String, Object> variables(CustomerEvent event) {
    Object outcome = event.properties().get("outcome");
    // Whoever reported the event: a variable is a code and nothing else.
    return event.type().startsWith("message.")
            && outcome instanceof String code
            && code.matches("[a-z_]{1,40}")
        ? Map.of(OUTCOME, code)
        : Map.of();
  }
}
