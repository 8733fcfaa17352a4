package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.CustomerMove;
import io.waymark.journey.CustomerMove.End;
import io.waymark.journey.CustomerMove.MoveTo;
import io.waymark.journey.CustomerMove.Retry;
import io.waymark.journey.CustomerMove.Skip;
import io.waymark.journey.CustomerMoves;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.MoveHistory;
import io.waymark.journey.NodeCounts;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A single customer is retried, led past a wait, put elsewhere or taken out, with a reason. */
@WithTravellers
class CustomerMovesTest {

  private static final String WELCOME = "onboarding-welcome-sms";
  private static final String WHY = "客户来电要求";
  private static final BranchScope ALL = BranchScope.everywhere();

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired CustomerMoves moves;
  @Autowired MoveHistory history;
  @Autowired NodeCounts counts;
  @Autowired ManagementService management;
  @Autowired JdbcClient jdbc;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @LocalServerPort int port;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void a_wait_is_skipped_by_its_only_way_and_the_books_say_moved() {
    Sketch sketch = Sketch.of("move").awaits("Wait_A", "test.a").awaits("Wait_B", "test.b");
    JourneyVersion version = sketch.way("Wait_A", "Wait_B").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait_A");

    CustomerMoves.Preview preview =
        moves.preview(List.of(id(traveller)), new Skip(null), ALL).get(0);
    assertThat(preview.possible()).isTrue();
    assertThat(preview.effects()).containsExactly("离开“Wait_A”。", "到达“Wait_B”并在那里等待。");
    traveller.standsAt("Wait_A");

    done(traveller, new Skip(null));

    traveller.standsAt("Wait_B").wentBy("Wait_A=moved");
    assertThat(history.of(id(traveller)))
        .singleElement()
        .satisfies(
            move -> {
              assertThat(move.act()).isEqualTo("skip");
              assertThat(move.from()).containsExactly("Wait_A");
              assertThat(move.to()).containsExactly("Wait_B");
              assertThat(move.reason()).isEqualTo(WHY);
            });
    assertThat(node(version, "Wait_A")).isEqualTo("1=0+1+0+0");
    traveller.does("test.a").standsAt("Wait_B").does("test.b").left("completed");
  }

  @Test
  void of_many_ways_one_must_be_chosen() {
    Sketch sketch = gateway(Sketch.of("move"));
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Gate");
    List<CustomerMoves.Place> ways = moves.ways(id(traveller));
    assertThat(ways).hasSize(2);

    refused(traveller, new Skip(null), "way_missing");
    done(traveller, new Skip(ways.get(1).id()));

    traveller.left("completed");
    assertThat(
            jdbc.sql("select count(*) from act_ru_job where process_instance_id_ = ?")
                .param(traveller.instance())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void who_is_put_back_before_a_message_he_heard_does_not_hear_it_again() {
    Sketch sketch =
        Sketch.of("move")
            .awaits("Before", "test.go")
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("After", "test.a")
            .way("Before", "Send", "After");
    sketch.publish(deployments, versions);
    Traveller traveller =
        travellers.somebody().does(sketch.entry()).does("test.go").standsAt("After");

    refused(traveller, new MoveTo("Send"), "already_heard");
    done(traveller, new MoveTo("Before"));
    traveller.standsAt("Before");
    done(traveller, new Skip(null));

    traveller.standsAt("After");
    assertThat(messages(traveller)).isEqualTo(1);
  }

  @Test
  void who_is_put_onto_a_message_he_has_not_heard_hears_it_once() {
    Sketch sketch =
        Sketch.of("move")
            .awaits("Before", "test.go")
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("After", "test.a")
            .way("Before", "Send", "After");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Before");

    assertThat(moves.preview(List.of(id(traveller)), new MoveTo("Send"), ALL).get(0).effects())
        .contains("在“Send”发送一条消息。");
    assertThat(messages(traveller)).as("a preview sends nothing").isZero();
    done(traveller, new MoveTo("Send"));

    traveller.standsAt("After");
    assertThat(messages(traveller)).isEqualTo(1);
  }

  @Test
  void a_task_is_taken_back_when_the_customer_is_put_elsewhere() {
    Sketch sketch = Sketch.of("move").task("Call", "reached").awaits("Wait", "test.a");
    sketch.way("Call", "Wait").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Call");

    assertThat(moves.targets(id(traveller)))
        .extracting(CustomerMoves.Place::id)
        .containsExactlyInAnyOrder("Call", "Wait");
    done(traveller, new MoveTo("Wait"));

    traveller.standsAt("Wait");
    assertThat(
            jdbc.sql("select status from advisor_task where participation_id = ?")
                .param(id(traveller))
                .query(String.class)
                .single())
        .isEqualTo("cancelled");
  }

  @Test
  void who_is_taken_out_has_left_and_stands_nowhere() {
    Sketch sketch = Sketch.of("move").awaits("Wait", "test.a");
    sketch.way("Wait").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");

    done(traveller, new End());

    traveller.left("removed");
    assertThat(traveller.openVisits()).isEmpty();
    refused(traveller, new End(), "already_left");
  }

  @Test
  void a_failed_step_is_tried_again_at_once() {
    Sketch sketch = Sketch.of("move").timer("Timer", "PT1H").awaits("Wait", "test.a");
    sketch.way("Timer", "Wait").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Timer");
    refused(traveller, new Retry(), "nothing_failed");
    management.setJobRetries(traveller.job("Timer").getId(), 0);

    done(traveller, new Retry());

    assertThat(traveller.job("Timer").getRetries()).isEqualTo(1);
    traveller.timeComes("Timer").standsAt("Wait");
  }

  @Test
  void nobody_is_moved_without_a_reason_outside_the_branch_or_to_nowhere() {
    Sketch sketch = Sketch.of("move").awaits("Wait", "test.a");
    sketch.way("Wait").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");

    assertThatThrownBy(() -> moves.perform(List.of(id(traveller)), new End(), " ", "op", ALL))
        .isInstanceOf(JourneyRefusedException.class)
        .hasMessageContaining("原因");
    assertThat(
            moves
                .perform(List.of(id(traveller)), new End(), WHY, "op", BranchScope.of("ELSE"))
                .refused())
        .extracting(CustomerMoves.Refused::code)
        .containsExactly("unknown_participation");
    refused(traveller, new MoveTo("Nowhere"), "no_target");
    refused(traveller, new MoveTo("Wait"), "already_there");
    traveller.standsAt("Wait");
  }

  @Test
  void an_instance_the_engine_lost_can_still_be_taken_out() {
    Sketch sketch = Sketch.of("move").awaits("Wait", "test.a");
    sketch.way("Wait").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    for (String table :
        List.of(
            "act_ru_event_subscr where proc_inst_id_",
            "act_ru_variable where proc_inst_id_",
            "act_ru_execution where proc_inst_id_")) {
      jdbc.sql("delete from " + table + " = ?").param(traveller.instance()).update();
    }

    refused(traveller, new Skip(null), "instance_gone");
    done(traveller, new End());

    assertThat(traveller.participation().leftReason()).isEqualTo("removed");
    assertThat(traveller.openVisits()).isEmpty();
  }

  @Test
  void no_door_of_the_engine_moves_or_migrates_a_customer() {
    Sketch sketch = Sketch.of("move").awaits("Wait", "test.a").awaits("Next", "test.b");
    JourneyVersion version = sketch.way("Wait", "Next").publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    JourneyVersion other =
        sketch.next().awaits("Wait", "test.a").way("Wait").publish(deployments, versions);
    People people = new People(directory, branches, encoder);
    String instance = traveller.instance();
    String instances = "\"processInstanceIds\": [\"" + instance + "\"]";
    String start = "{\"type\": \"startBeforeActivity\", \"activityId\": \"Next\"}";
    String plan =
        "{\"migrationPlan\": {\"sourceProcessDefinitionId\": \"%s\", \"targetProcessDefinitionId\": \"%s\", \"instructions\": [{\"sourceActivityIds\": [\"Wait\"], \"targetActivityIds\": [\"Wait\"]}]}, %s}"
            .formatted(version.definitionId(), other.definitionId(), instances);
    String many =
        "{\"processDefinitionId\": \"%s\", %s, \"instructions\": [%s]}"
            .formatted(version.definitionId(), instances, start);
    Map<String, String> doors =
        Map.of(
            "/process-instance/" + instance + "/modification",
            "{\"instructions\": [" + start + "]}",
            "/process-instance/" + instance + "/modification-async",
            "{\"instructions\": [" + start + "]}",
            "/modification/execute",
            many,
            "/modification/executeAsync",
            many,
            "/migration/execute",
            plan,
            "/migration/executeAsync",
            plan);

    for (Role role : Role.values()) {
      Caller caller = Caller.basic(port, people.everywhere(role).username(), People.PASSWORD);
      doors.forEach(
          (path, body) ->
              assertThat(caller.post("/engine-rest" + path, body).statusCode())
                  .as("%s at %s", role, path)
                  .isIn(401, 403));
      assertThat(
              caller.json("DELETE", "/engine-rest/process-instance/" + instance, "").statusCode())
          .as("%s removes", role)
          .isIn(401, 403);
    }
    traveller.standsAt("Wait");
    assertThat(traveller.participation().journeyVersionId()).isEqualTo(version.id());
  }

  private static Sketch gateway(Sketch sketch) {
    return sketch
        .add("<bpmn:startEvent id=\"Start\"/><bpmn:eventBasedGateway id=\"Gate\"/>")
        .flow("Start", "Gate")
        .awaits("Came", "test.a")
        .timer("Late", "P10D")
        .flow("Gate", "Came")
        .flow("Gate", "Late")
        .end("End_Came")
        .end("End_Late")
        .flow("Came", "End_Came")
        .flow("Late", "End_Late");
  }

  private void done(Traveller traveller, CustomerMove move) {
    CustomerMoves.Report report = moves.perform(List.of(id(traveller)), move, WHY, "op", ALL);
    assertThat(report.refused()).isEmpty();
    assertThat(report.done()).containsExactly(id(traveller));
  }

  private void refused(Traveller traveller, CustomerMove move, String code) {
    assertThat(moves.perform(List.of(id(traveller)), move, WHY, "op", ALL).refused())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.sentence()).matches("(?s).*[\\u4e00-\\u9fff].*。");
            });
  }

  private static long id(Traveller traveller) {
    return traveller.participation().id();
  }

  private String node(JourneyVersion version, String node) {
    return counts.of(version.id(), ALL).stream()
        .filter(one -> one.node().equals(node))
        .map(
            one ->
                "%d=%d+%d+%d+%d"
                    .formatted(
                        one.entered(), one.waiting(), one.done(), one.failed(), one.withheld()))
        .findFirst()
        .orElse("never");
  }

  private long messages(Traveller traveller) {
    return jdbc.sql("select count(*) from message where customer_id = ?")
        .param(traveller.id())
        .query(Long.class)
        .single();
  }
}
