package io.waymark.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** A loop is refused exactly when a token could go round it without ever waiting. */
class LoopCheckTest {

  private static List<Problem> problems(String body) throws SAXException {
    String xml =
        """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
          <bpmn:process id="p">%s</bpmn:process>
        </bpmn:definitions>
        """
            .formatted(body);
    Refusals refusals = new Refusals("p.bpmn");
    new LoopCheck(refusals)
        .check(SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8)).getDocumentElement());
    return refusals.all();
  }

  private static String node(String kind, String id) {
    return "<bpmn:%s id=\"%s\"/>".formatted(kind, id);
  }

  private static String flow(String from, String to) {
    return "<bpmn:sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\"/>"
        .formatted(from, to, from, to);
  }

  @Test
  void a_loop_of_steps_alone_is_refused_at_a_node_of_it() throws SAXException {
    assertThat(
            problems(
                node("startEvent", "s")
                    + node("serviceTask", "a")
                    + node("exclusiveGateway", "g")
                    + flow("s", "a")
                    + flow("a", "g")
                    + flow("g", "a")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.element()).isIn("a", "g"));
  }

  private static String timer(String id, String duration) {
    return """
    <bpmn:intermediateCatchEvent id="%s"><bpmn:timerEventDefinition id="%s_t">
    <bpmn:timeDuration>%s</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:intermediateCatchEvent>
    """
        .formatted(id, id, duration);
  }

  private static String message(String id) {
    return "<bpmn:intermediateCatchEvent id=\"%s\"><bpmn:messageEventDefinition/></bpmn:intermediateCatchEvent>"
        .formatted(id);
  }

  private static List<Problem> around(String wait) throws SAXException {
    return problems(
        node("startEvent", "s")
            + node("serviceTask", "a")
            + wait
            + flow("s", "a")
            + flow("a", "w")
            + flow("w", "a"));
  }

  @Test
  void a_loop_with_a_wait_in_it_is_fine() throws SAXException {
    for (String wait :
        List.of(
            node("userTask", "w"),
            node("receiveTask", "w"),
            message("w"),
            timer("w", "PT1M"),
            timer("w", "P1D"),
            timer("w", "${tradingDay(1,'15:30')}"),
            timer("w", "${today('20:00')}"))) {
      assertThat(around(wait)).as(wait).isEmpty();
    }
  }

  @Test
  void a_wait_of_no_time_is_none() throws SAXException {
    for (String wait :
        List.of(
            timer("w", "PT0S"),
            timer("w", "PT59S"),
            timer("w", "P0D"),
            timer("w", "${tradingDay(0,'09:00')}"),
            timer("w", "2020-01-01T00:00:00"))) {
      assertThat(around(wait)).as(wait).hasSize(1);
    }
  }

  @Test
  void an_event_gateway_waits_as_long_as_the_shortest_of_its_events() throws SAXException {
    String drawn =
        node("serviceTask", "a")
            + node("eventBasedGateway", "g")
            + message("m")
            + flow("a", "g")
            + flow("g", "m")
            + flow("g", "t")
            + flow("m", "a")
            + flow("t", "a");

    assertThat(problems(drawn + timer("t", "P1D"))).isEmpty();
    assertThat(problems(drawn + timer("t", "PT0S"))).hasSize(1);
  }

  @Test
  void a_task_left_at_once_by_its_own_timer_is_no_wait() throws SAXException {
    String boundary =
        "<bpmn:boundaryEvent id=\"b\" attachedToRef=\"w\"><bpmn:timerEventDefinition>"
            + "<bpmn:timeDuration>%s</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>";
    String drawn = node("userTask", "w") + flow("b", "w");

    assertThat(problems(drawn + boundary.formatted("PT2H"))).isEmpty();
    assertThat(problems(drawn + boundary.formatted("PT0S"))).hasSize(1);
  }

  @Test
  void two_ways_to_one_node_are_no_loop() throws SAXException {
    assertThat(
            problems(
                node("exclusiveGateway", "g")
                    + node("serviceTask", "a")
                    + node("serviceTask", "b")
                    + node("endEvent", "e")
                    + flow("g", "a")
                    + flow("g", "b")
                    + flow("a", "b")
                    + flow("b", "e")))
        .isEmpty();
  }

  @Test
  void a_loop_by_way_of_the_withheld_branch_is_refused() throws SAXException {
    String boundary =
        "<bpmn:boundaryEvent id=\"b\" attachedToRef=\"a\"><bpmn:errorEventDefinition"
            + " id=\"d\"/></bpmn:boundaryEvent>";

    assertThat(problems(node("serviceTask", "a") + boundary + flow("b", "a"))).hasSize(1);
  }

  @Test
  void a_timer_beside_a_sub_process_waits() throws SAXException {
    String sub = "<bpmn:subProcess id=\"x\">" + node("startEvent", "xs") + "</bpmn:subProcess>";
    String boundary =
        "<bpmn:boundaryEvent id=\"b\" attachedToRef=\"x\"><bpmn:timerEventDefinition"
            + " id=\"d\"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>";

    assertThat(problems(sub + boundary + flow("b", "x"))).isEmpty();
  }

  @Test
  void a_loop_around_a_sub_process_counts_what_is_inside() throws SAXException {
    String waiting = around(node("userTask", "w"), flow("xs", "w") + flow("w", "xe"));
    String busy = around(node("serviceTask", "w"), flow("xs", "w") + flow("w", "xe"));

    assertThat(problems(waiting)).isEmpty();
    assertThat(problems(busy))
        .singleElement()
        .satisfies(problem -> assertThat(problem.element()).doesNotContain("/"));
  }

  private static String around(String inside, String flows) {
    return "<bpmn:subProcess id=\"x\">"
        + node("startEvent", "xs")
        + inside
        + node("endEvent", "xe")
        + flows
        + "</bpmn:subProcess>"
        + node("exclusiveGateway", "g")
        + flow("x", "g")
        + flow("g", "x");
  }

  @Test
  void a_flow_to_nowhere_is_no_failure_of_ours() throws SAXException {
    assertThat(problems(node("startEvent", "s") + flow("s", "missing"))).isEmpty();
  }
}
