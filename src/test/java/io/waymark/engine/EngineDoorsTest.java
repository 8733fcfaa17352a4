package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.WorkList;
import io.waymark.console.People;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.HeldReviews;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What each role can do at the engine's own doors, asked over the real socket. */
@WithTravellers
class EngineDoorsTest {

  private static final String COCKPIT = "/camunda/app/cockpit/default/";
  private static final String API = "/camunda/api/engine/engine/default";

  @LocalServerPort int port;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired Advisors advisors;
  @Autowired TaskRouting routing;
  @Autowired WorkList workList;
  @Autowired AdvisorDesk desk;
  @Autowired RuntimeService runtime;
  @Autowired RepositoryService repository;
  @Autowired ManagementService management;
  @Autowired PasswordEncoder encoder;
  @Autowired AuthorizationService authorizations;
  @Autowired JdbcClient jdbc;

  private People people;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    people = new People(staff, branches, encoder);
    String hash = encoder.encode(People.PASSWORD);
    for (String name : List.of(Travellers.ADVISOR, Travellers.LEADER)) {
      staff.save(staff.find(name).orElseThrow(), hash);
    }
  }

  private Caller as(StaffMember member) {
    return as(member.username());
  }

  private Caller as(String username) {
    return Caller.basic(port, username, People.PASSWORD);
  }

  private Sketch calling() {
    Sketch sketch =
        Sketch.of("call")
            .task("Call", "reached", "refused")
            .gateway("Gw", "Rest")
            .flow("Gw", "Happy", "${outcome == 'reached'}")
            .awaits("Rest", "test.a")
            .awaits("Happy", "test.a")
            .add("<bpmn:startEvent id=\"Start\"/>")
            .end("End")
            .flow("Start", "Call")
            .flow("Call", "Gw")
            .flow("Rest", "End")
            .flow("Happy", "End");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Traveller called() {
    return travellers.somebody().does(calling().entry()).standsAt("Call");
  }

  private static String answer(String outcome, String note) {
    return """
        {"variables":{"outcome":{"value":"%s"},"note":{"value":"%s"}}}
        """
        .formatted(outcome, note);
  }

  private void goesOn(Traveller traveller) {
    management
        .createJobQuery()
        .processInstanceId(traveller.instance())
        .messages()
        .list()
        .forEach(job -> management.executeJob(job.getId()));
  }

  // ---- closed without a sign-in

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest",
        "/engine-rest/engine",
        "/engine-rest/engine/default/process-instance",
        "/engine-rest/process-definition",
        "/engine-rest/task",
        "/camunda",
        "/camunda/",
        "/camunda/app/cockpit/default/",
        "/camunda/app/tasklist/default/",
        "/camunda/app/admin/default/",
        "/camunda/app/admin/default/setup/",
        "/camunda/app/welcome/default/",
        "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
        "/camunda/api/admin/auth/user/default",
        "/camunda/api/admin/setup/default/user/create",
        "/camunda/api/engine/engine",
        "/camunda/api/engine/engine/default/user",
        "/camunda/api/engine/engine/default/process-instance",
        "/camunda/lib/deps/index.js"
      })
  void nothing_of_the_engine_answers_a_stranger(String path) {
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      assertThat(turnedAway(Caller.stranger(port).json(method, path, "{}")))
          .as("%s %s", method, path)
          .isTrue();
    }
  }

  @Test
  void the_engines_own_sign_in_lets_nobody_in_not_even_with_the_right_password() {
    StaffMember administrator = people.everywhere(Role.ADMINISTRATOR);
    String credentials =
        "username=%s&password=%s".formatted(administrator.username(), People.PASSWORD);
    for (String app : List.of("cockpit", "tasklist", "admin", "welcome")) {
      String path = "/camunda/api/admin/auth/user/default/login/" + app;
      assertThat(turnedAway(Caller.stranger(port).form(path, credentials))).isTrue();

      Caller signedIn =
          Caller.stranger(port)
              .signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD)
              .withTokenOf(COCKPIT);
      assertThat(signedIn.form(path, credentials).statusCode()).as(app).isEqualTo(401);
    }
  }

  @Test
  void nobody_makes_a_first_user_of_the_engine() {
    Caller administrator =
        Caller.stranger(port)
            .signIn(people.everywhere(Role.ADMINISTRATOR).username(), People.PASSWORD)
            .withTokenOf("/camunda/app/admin/default/");
    String user =
        """
        {"profile":{"id":"evil","firstName":"e","lastName":"e","email":""},
         "credentials":{"password":"evil-evil-evil"}}
        """;

    assertThat(
            administrator.post("/camunda/api/admin/setup/default/user/create", user).statusCode())
        .isEqualTo(403);
    assertThat(administrator.post(API + "/user/create", user).statusCode())
        .isGreaterThanOrEqualTo(300);
    assertThat(staff.find("evil")).isEmpty();
  }

  private static boolean turnedAway(HttpResponse<String> answer) {
    boolean toSignIn =
        answer.statusCode() == 302
            && answer.headers().firstValue("Location").orElse("").endsWith("/login");
    return toSignIn || answer.statusCode() == 401 || answer.statusCode() == 403;
  }

  // ---- start

  @Test
  void whoever_is_granted_everything_still_starts_no_journey_by_hand() {
    Sketch sketch = Sketch.of("start").awaits("Wait", "test.a").way("Wait");
    JourneyVersion draft = sketch.deploy(deployments, versions);
    StaffMember mighty = people.everywhere(Role.OPERATOR);
    for (Resources resource : List.of(Resources.PROCESS_DEFINITION, Resources.PROCESS_INSTANCE)) {
      Authorization everything =
          authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
      everything.setUserId(mighty.username());
      everything.setResource(resource);
      everything.setResourceId("*");
      everything.addPermission(Permissions.ALL);
      authorizations.saveAuthorization(everything);
    }
    Caller administrator = as(mighty);
    List<String> bodies =
        List.of(
            "{}",
            "{\"businessKey\":\"" + sketch.key() + ":1\"}",
            """
            {"skipCustomListeners":true,"skipIoMappings":true,
             "startInstructions":[{"type":"startBeforeActivity","activityId":"Wait"}]}
            """);

    for (String body : bodies) {
      for (String door :
          List.of(
              "/engine-rest/process-definition/key/" + sketch.key() + "/start",
              "/engine-rest/process-definition/" + draft.definitionId() + "/start",
              "/engine-rest/process-definition/key/" + sketch.key() + "/submit-form")) {
        HttpResponse<String> answer = administrator.post(door, body);
        assertThat(answer.statusCode()).as(door + body).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).contains("旅程只能由路标按已审批的版本启动");
      }
    }
    assertThat(runtime.createProcessInstanceQuery().processDefinitionKey(sketch.key()).count())
        .isZero();
  }

  @ParameterizedTest
  @EnumSource
  void no_role_may_even_try_to_start(Role role) {
    Sketch sketch = Sketch.of("start").awaits("Wait", "test.a").way("Wait");
    sketch.publish(deployments, versions);

    assertThat(
            as(people.everywhere(role))
                .post("/engine-rest/process-definition/key/" + sketch.key() + "/start", "{}")
                .statusCode())
        .isBetween(400, 499);
  }

  // ---- deployment

  @Test
  void a_marketers_deployment_is_a_draft_that_somebody_else_approves() {
    StaffMember marketer = people.of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    Sketch sketch = Sketch.of("rest").awaits("Wait", "test.a").way("Wait");

    HttpResponse<String> answer = as(marketer).deploy(sketch.key(), sketch.files());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JourneyVersion draft = versions.of(sketch.key()).get(0);
    assertThat(draft.status()).isEqualTo(JourneyStatus.DRAFT);
    assertThat(draft.author()).isEqualTo(marketer.username());
    Assertions.assertThatThrownBy(
            () -> versions.approve(draft.id(), draft.hash(), HeldReviews.none(marketer.username())))
        .hasMessageContaining("作者不能审批自己的旅程");
    assertThat(HeldReviews.approve(versions, draft).status()).isEqualTo(JourneyStatus.LIVE);
  }

  @Test
  void a_hostile_drawing_is_refused_with_element_and_reason_and_nothing_is_kept() {
    Caller marketer = as(people.everywhere(Role.MARKETER));
    long before = repository.createDeploymentQuery().count();
    Sketch sketch = Sketch.of("evil").awaits("Wait", "test.a").way("Wait");
    Map<String, String> hostile =
        Map.of(
            "<bpmn:scriptTask id=\"Evil\" scriptFormat=\"groovy\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\" camunda:class=\"java.lang.Runtime\"/>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\" camunda:delegateExpression=\"${dataSource.connection}\"/>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\" camunda:expression=\"${sendMessage.execute(execution)}\"/>",
            "Evil",
            "<bpmn:subProcess id=\"Evil\"><bpmn:callActivity id=\"Evil2\" calledElement=\"onboarding\"/></bpmn:subProcess>",
            "Evil2");

    hostile.forEach(
        (element, id) -> {
          String xml = sketch.xml().replace("</bpmn:process>", element + "</bpmn:process>");
          HttpResponse<String> answer =
              marketer.deploy(
                  sketch.key(), Map.of("evil.bpmn", xml.getBytes(StandardCharsets.UTF_8)));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
          assertThat(answer.body()).contains("部署被拒绝").contains(id);
        });
    HttpResponse<String> other =
        marketer.deploy("x", Map.of("evil.groovy", "1".getBytes(StandardCharsets.UTF_8)));

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    assertThat(versions.of(sketch.key())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPERATOR", "COMPLIANCE", "ADVISOR"})
  void who_draws_no_journeys_deploys_none(Role role) {
    Sketch sketch = Sketch.of("rest").awaits("Wait", "test.a").way("Wait");

    assertThat(as(people.everywhere(role)).deploy(sketch.key(), sketch.files()).statusCode())
        .isEqualTo(403);
    assertThat(versions.of(sketch.key())).isEmpty();
  }

  // ---- advisors

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

  private static List<String> ids(HttpResponse<String> answer) {
    if (answer.statusCode() >= 400) {
      return List.of();
    }
    JsonNode list = Caller.read(answer);
    return list.findValuesAsText("id");
  }

  // ---- operators

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
