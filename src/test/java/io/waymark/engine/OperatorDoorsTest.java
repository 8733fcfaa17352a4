package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.console.People;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators and administrators see at the engine's own doors, and may change. */
class OperatorDoorsTest extends EngineDoors {

  @Test
  void an_operator_reads_and_retries_and_changes_nothing_else() {
    Traveller traveller = called();
    Sketch timing = Sketch.of("timing").timer("Timer", "P1D").way("Timer");
    timing.publish(deployments, versions);
    Traveller waiting = travellers.somebody().does(timing.entry());
    String job =
        management.createJobQuery().processInstanceId(waiting.instance()).singleResult().getId();
    Caller operator = as(people.everywhere(Role.OPERATOR));
    String instance = "/engine-rest/process-instance/" + traveller.instance();
    String task = "/engine-rest/task/" + traveller.task("Call").getId();

    assertThat(operator.get(instance).statusCode()).isEqualTo(200);
    assertThat(
            operator
                .json("PUT", "/engine-rest/job/" + job + "/retries", "{\"retries\":2}")
                .statusCode())
        .isEqualTo(204);
    assertThat(management.createJobQuery().jobId(job).singleResult().getRetries()).isEqualTo(2);

    Map<String, HttpResponse<String>> tried = new java.util.LinkedHashMap<>();
    tried.put("complete", operator.post(task + "/complete", answer("reached", "")));
    tried.put("comment", operator.post(task + "/comment/create", "{\"message\":\"x\"}"));
    tried.put("claim", operator.post(task + "/claim", "{\"userId\":\"x\"}"));
    tried.put(
        "variable", operator.json("PUT", instance + "/variables/outcome", "{\"value\":\"x\"}"));
    tried.put("delete", operator.json("DELETE", instance, ""));
    tried.put(
        "modification",
        operator.post(
            instance + "/modification",
            "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"Happy\"}]}"));
    tried.put(
        "message",
        operator.post(
            "/engine-rest/message",
            "{\"messageName\":\"test.a\",\"processInstanceId\":\"" + traveller.instance() + "\"}"));
    tried.put("execute job", operator.post("/engine-rest/job/" + job + "/execute", "{}"));
    tried.put(
        "delete in bulk",
        operator.post(
            "/engine-rest/process-instance/delete",
            "{\"processInstanceIds\":[\"" + traveller.instance() + "\"],\"deleteReason\":\"x\"}"));
    tried.put(
        "due date",
        operator.json(
            "PUT",
            "/engine-rest/job/" + job + "/duedate",
            "{\"duedate\":\"2026-11-23T10:00:00.000+0800\"}"));
    tried.put(
        "authorization",
        operator.post(
            "/engine-rest/authorization/create",
            "{\"type\":0,\"permissions\":[\"ALL\"],\"userId\":\"*\",\"resourceType\":8,\"resourceId\":\"*\"}"));
    tried.forEach(
        (what, answer) ->
            assertThat(answer.statusCode()).as(what + " " + answer.body()).isBetween(400, 499));
    traveller.standsAt("Call");
    waiting.standsAt("Timer");
  }

  @Test
  void an_administrator_reads_and_changes_nothing() {
    Traveller traveller = called();
    Caller administrator = as(people.everywhere(Role.ADMINISTRATOR));
    String instance = "/engine-rest/process-instance/" + traveller.instance();

    assertThat(administrator.get(instance).statusCode()).isEqualTo(200);
    assertThat(administrator.json("DELETE", instance, "").statusCode()).isEqualTo(403);
    assertThat(
            administrator
                .json("PUT", instance + "/variables/outcome", "{\"value\":\"reached\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            administrator
                .post(
                    "/engine-rest/authorization/create",
                    "{\"type\":1,\"permissions\":[\"ALL\"],\"groupIdIn\":[],\"groupId\":"
                        + "\"administrator\",\"resourceType\":8,\"resourceId\":\"*\"}")
                .statusCode())
        .isBetween(400, 499);
    Caller session =
        Caller.stranger(port)
            .signIn(people.everywhere(Role.ADMINISTRATOR).username(), People.PASSWORD);
    assertThat(session.get(COCKPIT).statusCode()).isEqualTo(200);
    assertThat(session.get("/camunda/app/admin/default/").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPERATOR", "COMPLIANCE", "ADMINISTRATOR"})
  void staff_of_one_branch_find_the_engine_closed_since_it_knows_no_branches(Role role) {
    StaffMember limited = people.of(role, "SH01", "上海陆家嘴营业部");

    for (String path :
        List.of(
            "/engine-rest/process-instance",
            "/engine-rest/history/process-instance",
            "/engine-rest/engine/default/process-instance",
            "/engine-rest/process-definition")) {
      assertThat(as(limited).get(path).statusCode()).as(path).isEqualTo(403);
    }
    Caller session = Caller.stranger(port).signIn(limited.username(), People.PASSWORD);
    for (String path : List.of(COCKPIT, API + "/process-instance", API + "/task")) {
      assertThat(session.get(path).statusCode()).as(path).isBetween(400, 499);
    }
  }

  @Test
  void who_loses_the_view_of_all_branches_loses_cockpit_at_the_next_request() {
    StaffMember operator = people.everywhere(Role.OPERATOR);
    Caller session = Caller.stranger(port).signIn(operator.username(), People.PASSWORD);
    assertThat(session.get(COCKPIT).statusCode()).isEqualTo(200);
    assertThat(session.get(API + "/process-instance").statusCode()).isEqualTo(200);

    staff.save(with(operator, Role.OPERATOR, false), null);
    assertThat(session.get(API + "/process-instance").statusCode()).isBetween(400, 499);

    staff.save(with(operator, Role.ADVISOR, true), null);
    called();
    assertThat(ids(session.get(API + "/process-instance"))).isEmpty();
    staff.save(with(operator, Role.OPERATOR, true), null);
    assertThat(ids(session.get(API + "/process-instance"))).isNotEmpty();
  }

  private static StaffMember with(StaffMember member, Role role, boolean allBranches) {
    return new StaffMember(
        member.username(), member.name(), role, member.branch(), allBranches, true);
  }

  @Test
  void questions_about_people_may_repeat_themselves() {
    StaffMember operator = people.everywhere(Role.OPERATOR);

    HttpResponse<String> answer =
        as(operator)
            .get("/engine-rest/user?idIn=" + operator.username() + "," + operator.username());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ids(answer)).containsExactly(operator.username());
  }
}
