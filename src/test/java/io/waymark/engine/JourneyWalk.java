package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.Dispatcher;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.NodeCounts;
import io.waymark.journey.NodeCounts.NodeCount;
import io.waymark.journey.Participation;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One journey walked by travellers, a scenario for each way through it. When all have walked, the
 * deployed drawing is read: a flow, boundary event or event sub-process that none of them took is a
 * gap, and the books of its nodes must balance.
 */
@WithTravellers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class JourneyWalk {

  @Autowired Travellers travellers;
  @Autowired private FlowsTaken flows;
  @Autowired private RepositoryService repository;
  @Autowired private NodeCounts counts;
  @Autowired private Dispatcher dispatcher;
  @Autowired private JdbcClient jdbc;

  private static final Duration RECEIPTS_ARE_WAITED_FOR = Duration.ofHours(26);

  private final String journey;

  JourneyWalk(String journey) {
    this.journey = journey;
  }

  /** Key of the process that is walked. */
  final String journey() {
    return journey;
  }

  @BeforeAll
  void nobodyHasWalkedYet() {
    travellers.forgetWalkers();
  }

  /** What the travellers were sent leaves and is settled, so that later tests find nothing due. */
  @AfterAll
  void whatWasSentLeavesAndIsSettled() {
    travellers.clock.advance(Duration.ofDays(60));
    dispatchAll();
    travellers.clock.advance(RECEIPTS_ARE_WAITED_FOR);
    dispatchAll();
    travellers.clock.reset();
  }

  private void dispatchAll() {
    while (dispatcher.dispatchDue(500) > 0) {
      travellers.settle();
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void every_sequence_flow_boundary_event_and_event_sub_process_is_taken() {
    BpmnModelInstance drawing = repository.getBpmnModelInstance(version().definitionId());
    Set<String> taken =
        flows.of(journey, participations().stream().map(Participation::id).toList());
    List<String> missing = new ArrayList<>();
    for (SequenceFlow flow : drawing.getModelElementsByType(SequenceFlow.class)) {
      if (!taken.contains(flow.getId())) {
        missing.add("sequence flow " + flow.getId());
      }
    }
    for (BoundaryEvent event : drawing.getModelElementsByType(BoundaryEvent.class)) {
      if (!wentOn(event, taken)) {
        missing.add("boundary event " + event.getId());
      }
    }
    for (SubProcess sub : drawing.getModelElementsByType(SubProcess.class)) {
      if (sub.triggeredByEvent()
          && !sub.getChildElementsByType(StartEvent.class).stream()
              .allMatch(start -> wentOn(start, taken))) {
        missing.add("event sub-process " + sub.getId());
      }
    }
    assertThat(drawing.getModelElementsByType(SequenceFlow.class)).isNotEmpty();
    assertThat(missing).as("nobody went there in %s", journey).isEmpty();
  }

  private static boolean wentOn(FlowNode node, Set<String> taken) {
    return node.getOutgoing().stream().anyMatch(flow -> taken.contains(flow.getId()));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void for_every_node_who_came_is_waiting_done_failed_or_withheld() {
    List<NodeCount> nodes = counts.of(version().id(), BranchScope.everywhere());
    assertThat(nodes)
        .isNotEmpty()
        .allSatisfy(
            node ->
                assertThat(node.entered())
                    .as(node.node())
                    .isEqualTo(node.waiting() + node.done() + node.failed() + node.withheld()));
    assertThat(nodes).anyMatch(node -> node.withheld() > 0);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void who_has_left_stands_nowhere_and_who_is_inside_stands_where_the_engine_says() {
    assertThat(openVisitsOfThoseWhoLeft()).isZero();
    assertThat(participations())
        .allSatisfy(
            one ->
                assertThat(openVisits(one.id()))
                    .as("participation %s, left %s", one.id(), one.leftReason())
                    .containsExactlyInAnyOrderElementsOf(travellers.tokens(one)));
  }

  private List<String> openVisits(long participation) {
    return jdbc.sql(
            "select node from node_visit where participation_id = :participation and left_at is null")
        .param("participation", participation)
        .query(String.class)
        .list();
  }

  private long openVisitsOfThoseWhoLeft() {
    return jdbc.sql(
            """
            select count(*) from node_visit v join participation p on p.id = v.participation_id
             where v.left_at is null and p.left_at is not null and p.journey_key = :journey
            """)
        .param("journey", journey)
        .query(Long.class)
        .single();
  }

  /** The travellers' participations in this journey. */
  private Collection<Participation> participations() {
    return travellers.walkers().stream()
        .flatMap(walker -> travellers.participations(walker.id()).stream())
        .filter(one -> one.journeyKey().equals(journey))
        .toList();
  }

  private JourneyVersion version() {
    return travellers.versions.live(journey).orElseThrow();
  }
}
