package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.console.People;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.HeldReviews;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger finds at the engine's own doors, and who starts or deploys anything there. */
class EngineDoorsTest extends EngineDoors {

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
            "<bpmn:scriptTask id=\"Evil\""
                + " scriptFormat=\"groovy\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\" camunda:class=\"java.lang.Runtime\"/>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\""
                + " camunda:delegateExpression=\"${dataSource.connection}\"/>",
            "Evil",
            "<bpmn:serviceTask id=\"Evil\""
                + " camunda:expression=\"${sendMessage.execute(execution)}\"/>",
            "Evil",
            "<bpmn:subProcess id=\"Evil\"><bpmn:callActivity id=\"Evil2\""
                + " calledElement=\"onboarding\"/></bpmn:subProcess>",
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
}
