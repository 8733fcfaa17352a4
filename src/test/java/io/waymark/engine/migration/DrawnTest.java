package io.waymark.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;

class DrawnTest {

  private final Drawn drawn =
      new Drawn(
          Bpmn.readModelFromStream(
              new ByteArrayInputStream(
                  """
                  <?xml version="1.0" encoding="UTF-8"?>
                  <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
                    <bpmn:process id="p" isExecutable="true">
                      <bpmn:startEvent id="Start"/>
                      <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Send"/>
                      <bpmn:serviceTask id="Send" camunda:delegateExpression="${sendMessage}">
                        <bpmn:extensionElements><camunda:properties>
                          <camunda:property name="template" value="hello"/>
                        </camunda:properties></bpmn:extensionElements>
                      </bpmn:serviceTask>
                      <bpmn:sequenceFlow id="f2" sourceRef="Send" targetRef="Gate"/>
                      <bpmn:eventBasedGateway id="Gate"/>
                      <bpmn:sequenceFlow id="f3" sourceRef="Gate" targetRef="Came"/>
                      <bpmn:sequenceFlow id="f4" sourceRef="Gate" targetRef="Late"/>
                      <bpmn:intermediateCatchEvent id="Came" name="来了">
                        <bpmn:messageEventDefinition messageRef="M1"/>
                      </bpmn:intermediateCatchEvent>
                      <bpmn:intermediateCatchEvent id="Late"><bpmn:timerEventDefinition>
                        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration>
                      </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                      <bpmn:sequenceFlow id="f5" sourceRef="Came" targetRef="Call"/>
                      <bpmn:sequenceFlow id="f6" sourceRef="Late" targetRef="Send"/>
                      <bpmn:userTask id="Call" camunda:asyncAfter="true"/>
                      <bpmn:boundaryEvent id="Overdue" attachedToRef="Call"><bpmn:timerEventDefinition>
                        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration>
                      </bpmn:timerEventDefinition></bpmn:boundaryEvent>
                      <bpmn:sequenceFlow id="f7" sourceRef="Overdue" targetRef="Pause"/>
                      <bpmn:intermediateCatchEvent id="Pause"><bpmn:timerEventDefinition>
                        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration>
                      </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                      <bpmn:sequenceFlow id="f8" sourceRef="Pause" targetRef="End"/>
                      <bpmn:endEvent id="End"/>
                      <bpmn:subProcess id="Sub" triggeredByEvent="true">
                        <bpmn:startEvent id="Goal" isInterrupting="true">
                          <bpmn:messageEventDefinition messageRef="M2"/>
                        </bpmn:startEvent>
                        <bpmn:sequenceFlow id="f9" sourceRef="Goal" targetRef="Thanks"/>
                        <bpmn:receiveTask id="Thanks" messageRef="M1"/>
                      </bpmn:subProcess>
                    </bpmn:process>
                    <bpmn:message id="M1" name="test.came"/><bpmn:message id="M2" name="test.goal"/>
                  </bpmn:definitions>
                  """
                      .getBytes(StandardCharsets.UTF_8))));

  @Test
  void a_send_is_known_by_its_template_and_a_wait_by_what_it_waits_for() {
    assertThat(node("Send").template()).isEqualTo("hello");
    assertThat(node("Send").sends()).isTrue();
    assertThat(node("Came").event()).isEqualTo("test.came");
    assertThat(node("Came").name()).isEqualTo("来了");
    assertThat(node("Late").trigger()).isEqualTo("timer");
    assertThat(node("Call").asyncAfter()).isTrue();
    assertThat(node("Gate").waits()).isTrue();
  }

  @Test
  void what_can_still_come_follows_flows_borders_and_event_sub_processes() {
    assertThat(drawn.reach(List.of("Gate"))).contains("Came", "Late", "Send", "Gate", "Thanks");
    assertThat(drawn.reach(List.of("Call")))
        .contains("Overdue", "Pause", "Goal")
        .doesNotContain("Send");
    assertThat(drawn.reach(List.of("Thanks"))).as("the goal has ended the rest").isEmpty();
  }

  @Test
  void a_timer_is_the_only_way_unless_an_event_or_a_task_stands_beside_it() {
    assertThat(drawn.onlyWay("Pause")).isTrue();
    assertThat(drawn.onlyWay("Late")).isFalse();
    assertThat(drawn.onlyWay("Overdue")).isFalse();
    assertThat(drawn.standsAt("Late")).isEqualTo("Gate");
    assertThat(drawn.standsAt("Overdue")).isEqualTo("Call");
    assertThat(drawn.standsAt("Pause")).isEqualTo("Pause");
  }

  @Test
  void awaited_is_what_moves_a_customer_there_goals_included() {
    assertThat(drawn.awaited("Gate")).containsExactlyInAnyOrder("test.came", "test.goal");
    assertThat(drawn.awaited("Pause")).containsExactly("test.goal");
  }

  @Test
  void a_share_of_a_stretch_is_the_same_for_the_same_customer_and_spread_for_many() {
    assertThat(EngineOverdueTimers.share(7, 1000)).isEqualTo(EngineOverdueTimers.share(7, 1000));
    long early = 0;
    for (long id = 1; id <= 10_000; id++) {
      long share = EngineOverdueTimers.share(id, 3_600_000);
      assertThat(share).isBetween(0L, 3_599_999L);
      early += share < 1_800_000 ? 1 : 0;
    }
    assertThat(early).isBetween(4_800L, 5_200L);
  }

  private DrawnNode node(String id) {
    DrawnNode node = drawn.node(id);
    assertThat(node).isNotNull();
    return node;
  }
}
