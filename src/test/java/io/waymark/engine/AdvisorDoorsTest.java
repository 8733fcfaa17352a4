package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** An advisor's tasks at the engine's own doors: the same rules as in the work list. */
class AdvisorDoorsTest extends EngineDoors {

  @Test
  void an_advisors_answer_by_rest_steers_the_journey_and_keeps_the_note_sealed() {
    Traveller traveller = called();
    String task = traveller.task("Call").getId();

    HttpResponse<String> answer =
        as(Travellers.ADVISOR)
            .post("/engine-rest/task/" + task + "/complete", answer("reached", "客户说下周入金"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertNothingOfTheNoteInTheEngine(traveller);
    goesOn(traveller);
    traveller.standsAt("Happy");
    assertThat(workList.note(task, BranchScope.everywhere())).contains("客户说下周入金");
    assertThat(
            jdbc.sql(
                    "select position(convert_to('客户', 'UTF8') in note) from advisor_task"
                        + " where task_id = ?")
                .param(task)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(evidence(traveller)).isEqualTo(1);
  }

  @Test
  void the_form_of_tasklist_is_the_same_door() {
    Traveller traveller = called();
    String path = "/engine-rest/task/" + traveller.task("Call").getId() + "/submit-form";
    Caller advisor = as(Travellers.ADVISOR);

    assertThat(
            advisor
                .post(path, "{\"variables\":{\"verdict\":{\"value\":\"allowed\"}}}")
                .statusCode())
        .isEqualTo(400);
    assertThat(advisor.post(path, answer("sold_a_house", "")).statusCode()).isEqualTo(400);
    assertThat(advisor.post(path, answer("refused", "不需要")).statusCode()).isEqualTo(204);

    assertNothingOfTheNoteInTheEngine(traveller);
    goesOn(traveller);
    traveller.standsAt("Rest");
    assertThat(evidence(traveller)).isEqualTo(1);
  }

  private void assertNothingOfTheNoteInTheEngine(Traveller traveller) {
    assertThat(
            jdbc.sql(
                    "select name_ from act_ru_variable where proc_inst_id_ = ?"
                        + " and (name_ = 'note' or text_ like '%客户%' or text_ like '%不需要%')")
                .param(traveller.instance())
                .query(String.class)
                .list())
        .isEmpty();
  }

  private int evidence(Traveller traveller) {
    return jdbc.sql(
            "select count(*) from evidence where customer_id = ? and kind = 'task_completed'")
        .param(traveller.id())
        .query(Integer.class)
        .single();
  }

  @Test
  void every_other_way_to_touch_a_task_is_closed_with_a_sentence() {
    Traveller traveller = called();
    String task = "/engine-rest/task/" + traveller.task("Call").getId();
    Caller advisor = as(Travellers.ADVISOR);
    String variable = "{\"value\":\"allowed\",\"type\":\"String\"}";
    Map<String, HttpResponse<String>> tried = new java.util.LinkedHashMap<>();
    tried.put(
        "complete with a variable",
        advisor.post(task + "/complete", "{\"variables\":{\"verdict\":" + variable + "}}"));
    tried.put("unknown outcome", advisor.post(task + "/complete", answer("sold_a_house", "x")));
    tried.put("no outcome", advisor.post(task + "/complete", "{}"));
    tried.put("variable", advisor.json("PUT", task + "/variables/outcome", variable));
    tried.put("note", advisor.json("PUT", task + "/variables/note", variable));
    tried.put("local", advisor.json("PUT", task + "/localVariables/outcome", variable));
    tried.put(
        "modifications",
        advisor.post(task + "/variables", "{\"modifications\":{\"outcome\":" + variable + "}}"));
    tried.put("deletions", advisor.post(task + "/variables", "{\"deletions\":[\"lastMessage\"]}"));
    tried.put("delete", advisor.json("DELETE", task + "/variables/lastMessage", ""));
    tried.put(
        "identity link",
        advisor.post(
            task + "/identity-links", "{\"groupId\":\"advisor-SH01\",\"type\":\"candidate\"}"));
    tried.put("update", advisor.json("PUT", task, "{\"name\":\"x\",\"assignee\":\"somebody\"}"));
    tried.put("unclaim", advisor.post(task + "/unclaim", "{}"));
    tried.put("delegate", advisor.post(task + "/delegate", "{\"userId\":\"somebody\"}"));
    tried.put("resolve", advisor.post(task + "/resolve", "{}"));
    tried.put("error", advisor.post(task + "/bpmnError", "{\"errorCode\":\"withheld\"}"));
    tried.put("escalation", advisor.post(task + "/bpmnEscalation", "{\"escalationCode\":\"x\"}"));

    tried.forEach(
        (what, answer) ->
            assertThat(answer.statusCode()).as(what + answer.body()).isBetween(400, 499));
    tried.forEach(
        (what, answer) -> assertThat(answer.body()).as(what).matches("(?s).*[\\u4e00-\\u9fff].*"));
    traveller.standsAt("Call");
    assertThat(traveller.task("Call").getAssignee()).isEqualTo(Travellers.ADVISOR);
    assertThat(evidence(traveller)).isZero();
  }

  @Test
  void an_advisor_sees_his_own_tasks_and_his_branchs_pool_and_no_instances() {
    Traveller traveller = called();
    String task = traveller.task("Call").getId();
    String stranger = advisor("DR02").username();
    Caller own = as(Travellers.ADVISOR);
    Caller other = as(stranger);

    assertThat(ids(own.get("/engine-rest/task"))).contains(task);
    assertThat(ids(other.get("/engine-rest/task"))).isEmpty();
    assertThat(other.get("/engine-rest/task/" + task).statusCode()).isBetween(400, 499);
    assertThat(
            other
                .post("/engine-rest/task/" + task + "/complete", answer("reached", ""))
                .statusCode())
        .isBetween(400, 499);
    for (String list :
        List.of(
            "process-instance",
            "execution",
            "variable-instance",
            "history/process-instance",
            "history/task",
            "incident",
            "deployment",
            "event-subscription")) {
      assertThat(ids(other.get("/engine-rest/" + list))).as(list).isEmpty();
      if (!list.equals("variable-instance")) {
        assertThat(ids(own.get("/engine-rest/" + list))).as(list).isEmpty();
      }
    }
    assertThat(own.get(COCKPIT).statusCode()).isNotEqualTo(200);
  }

  @Test
  void a_task_of_the_pool_is_claimed_before_it_is_answered_and_only_by_its_branch() {
    advisors.save(profile(Travellers.ADVISOR, Travellers.BRANCH, false, 0), "test");
    advisors.save(profile(Travellers.LEADER, Travellers.BRANCH, true, 0), "test");
    Traveller traveller;
    try {
      traveller = called();
    } finally {
      advisors.save(profile(Travellers.ADVISOR, Travellers.BRANCH, false, 10_000), "test");
      advisors.save(profile(Travellers.LEADER, Travellers.BRANCH, true, 10_000), "test");
    }
    String task = traveller.task("Call").getId();
    String path = "/engine-rest/task/" + task;
    assertThat(traveller.task("Call").getAssignee()).isNull();
    Caller stranger = as(advisor("DR03"));
    Caller own = as(Travellers.ADVISOR);

    assertThat(ids(own.get("/engine-rest/task"))).contains(task);
    assertThat(
            stranger
                .post(path + "/claim", "{\"userId\":\"" + Travellers.ADVISOR + "\"}")
                .statusCode())
        .isBetween(400, 499);
    assertThat(own.post(path + "/complete", answer("reached", "")).body()).contains("请先领取任务");
    String claim = "{\"userId\":\"" + Travellers.ADVISOR + "\"}";
    HttpResponse<String> claimed = own.post(path + "/claim", claim);
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
    assertThat(workList.find(task).orElseThrow().assignee()).isEqualTo(Travellers.ADVISOR);
    assertThat(own.post(path + "/complete", answer("reached", "")).statusCode()).isEqualTo(204);
  }

  @Test
  void a_hand_over_in_the_console_shows_in_tasklist() {
    Traveller traveller = called();
    String task = traveller.task("Call").getId();

    routing.handOver(task, Travellers.LEADER, Travellers.ADVISOR);
    assertThat(traveller.task("Call").getAssignee()).isEqualTo(Travellers.LEADER);
    routing.handOver(task, Travellers.ADVISOR, Travellers.LEADER);
    assertThat(traveller.task("Call").getAssignee()).isEqualTo(Travellers.ADVISOR);
  }

  @Test
  void a_leader_may_answer_in_the_console_what_the_engine_never_granted_him() {
    Traveller traveller = called();
    String task = traveller.task("Call").getId();

    desk.complete(
        task,
        "reached",
        null,
        Travellers.LEADER,
        List.of("advisor", "advisor-" + Travellers.BRANCH));

    goesOn(traveller);
    traveller.standsAt("Happy");
  }

  @Test
  void the_console_answers_for_a_task_that_is_gone_or_not_ones_own_in_a_sentence() {
    Traveller traveller = called();
    String task = traveller.task("Call").getId();
    StaffMember stranger = advisor("DR04");

    refused(() -> desk.complete(task, "reached", null, stranger.username(), List.of("advisor")));
    desk.complete(task, "reached", null, Travellers.ADVISOR, List.of("advisor"));
    refused(() -> desk.complete(task, "reached", null, Travellers.ADVISOR, List.of("advisor")));
    refused(() -> desk.complete("nowhere", "reached", null, Travellers.ADVISOR, List.of()));
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    Assertions.assertThatThrownBy(act)
        .isInstanceOf(TaskRefusedException.class)
        .message()
        .matches("(?s).*[\\u4e00-\\u9fff].*");
  }

  private StaffMember advisor(String branch) {
    StaffMember member = people.of(Role.ADVISOR, branch, "外地营业部");
    advisors.save(profile(member.username(), branch, false, 10), "test");
    return member;
  }

  private static AdvisorProfile profile(
      String username, String branch, boolean leader, int capacity) {
    return new AdvisorProfile(
        username,
        branch,
        Set.of("margin", "advisory"),
        LocalDate.of(2030, 1, 1),
        capacity,
        null,
        null,
        leader);
  }
}
