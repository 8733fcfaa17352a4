package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.console.security.Room;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@WaymarkTest
class DoorsTest {

  private static final Set<String> OPEN =
      Set.of(
          "GET /login",
          "GET /error",
          "POST /error",
          "POST /hooks/receipts/x",
          "GET /hooks/callbacks/x/x",
          "POST /hooks/callbacks/x/x",
          "GET /l/x",
          "GET /o/x",
          "GET /s/x",
          "POST /s/x",
          "GET /u/x",
          "POST /u/x");

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired ApiKeys keys;
  @Autowired MovableClock clock;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  People people;
  Http http;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
  }

  @Test
  void nothing_is_mapped_that_answers_without_a_sign_in() {
    Set<String> answered = new TreeSet<>();
    for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
      for (String pattern : mapping.getPatternValues()) {
        for (RequestMethod method : methods(mapping)) {
          String path = pattern.replaceAll("\\{[^/]+}", "x");
          HttpResponse<String> answer = new Http(port).method(method.name(), path);
          if (!refused(answer)) {
            answered.add(method + " " + path);
          }
        }
      }
    }
    answered.removeAll(OPEN);

    assertThat(answered).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_role_enters_its_rooms_and_no_others(Role role) {
    StaffMember member = people.of(role, "SH01", "上海陆家嘴营业部");
    http.signIn(member.username(), People.PASSWORD);

    for (Room room : Room.values()) {
      if (!room.outside()) {
        assertThat(http.get(room.path(), "Accept", "text/html").statusCode())
            .as("%s at %s", role, room)
            .isEqualTo(room.roles().contains(role) ? 200 : 403);
      }
    }
  }

  @Test
  void a_path_that_no_room_owns_is_closed_to_everybody() {
    http.signIn(people.everywhere(Role.ADMINISTRATOR).username(), People.PASSWORD);

    assertThat(http.get("/nowhere", "Accept", "text/html").statusCode()).isEqualTo(403);
  }

  @Test
  void a_form_without_the_token_changes_nothing() {
    http.signIn(people.everywhere(Role.ADMINISTRATOR).username(), People.PASSWORD);

    HttpResponse<String> answer = http.form("/keys", Map.of("name", "forged", "scopes", "read"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(keys.all()).noneMatch(key -> key.name().equals("forged"));
  }

  @Test
  void a_session_may_not_write_by_the_api_without_the_token() {
    http.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);

    HttpResponse<String> without = http.json("/api/v1/customers", "[]");
    HttpResponse<String> with =
        http.json("/api/v1/customers", "[]", "X-CSRF-TOKEN", http.token("/"));

    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(without.body()).contains("csrf_missing").contains("请刷新页面");
    assertThat(with.statusCode()).isEqualTo(200);
  }

  @Test
  void an_officer_alone_may_take_a_template_out_of_use() {
    http.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    String token = http.token("/");

    HttpResponse<String> answer =
        http.form("/templates/any/1/withdraw", Map.of("reason", "x", "_csrf", token));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void a_key_does_what_its_scopes_say_and_nothing_else() {
    String ingest = key(Set.of("ingest"));
    String read = key(Set.of("read"));

    assertThat(http.json("/api/v1/customers", "[]", "X-Api-Key", ingest).statusCode())
        .isEqualTo(200);
    assertThat(http.json("/api/v1/customers", "[]", "X-Api-Key", read).statusCode()).isEqualTo(403);
    assertThat(http.get("/api/v1/customers/nobody/timeline", "X-Api-Key", read).statusCode())
        .isEqualTo(404);
    assertThat(http.get("/api/v1/customers/nobody/timeline", "X-Api-Key", ingest).statusCode())
        .isEqualTo(403);
    assertThat(http.get("/v3/api-docs", "X-Api-Key", read).statusCode()).isEqualTo(200);
    assertThat(http.get("/customers", "X-Api-Key", read).statusCode()).isEqualTo(302);
  }

  @Test
  void a_revoked_or_made_up_key_is_refused_even_beside_a_session() {
    http.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);

    HttpResponse<String> answer =
        http.get("/api/v1/customers/nobody/timeline", "X-Api-Key", "wmk_made_up");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body()).contains("api_key_unknown");
  }

  @Test
  void an_api_call_without_anything_is_told_what_to_bring_and_gets_no_session() {
    HttpResponse<String> answer = http.get("/api/v1/customers/nobody/timeline");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("X-Api-Key");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void six_wrong_passwords_close_the_door_for_a_quarter_of_an_hour() {
    StaffMember member = people.everywhere(Role.MARKETER);
    for (int i = 0; i < 5; i++) {
      assertThat(location(http.signIn(member.username(), "guess"))).endsWith("problem=wrong");
    }

    assertThat(location(http.signIn(member.username(), People.PASSWORD)))
        .endsWith("problem=throttled");
    clock.advance(Duration.ofMinutes(16));
    assertThat(location(http.signIn(member.username(), People.PASSWORD))).doesNotContain("login");
  }

  @Test
  void who_is_disabled_is_out_at_the_next_request() {
    StaffMember member = people.everywhere(Role.MARKETER);
    http.signIn(member.username(), People.PASSWORD);
    assertThat(http.get("/").statusCode()).isEqualTo(200);

    directory.save(
        new StaffMember(
            member.username(), member.name(), member.role(), member.branch(), true, false),
        null);

    assertThat(http.get("/").statusCode()).isEqualTo(302);
    assertThat(location(http.signIn(member.username(), People.PASSWORD)))
        .endsWith("problem=disabled");
  }

  @Test
  void a_changed_role_counts_from_the_next_request() {
    StaffMember member = people.everywhere(Role.MARKETER);
    http.signIn(member.username(), People.PASSWORD);

    directory.save(
        new StaffMember(
            member.username(), member.name(), Role.ADMINISTRATOR, member.branch(), true, true),
        null);

    assertThat(http.get("/journeys").statusCode()).isEqualTo(403);
    assertThat(http.get("/staff").statusCode()).isEqualTo(200);
  }

  @Test
  void the_engine_is_closed_without_a_sign_in_and_open_by_basic_without_a_token() {
    StaffMember operator = people.everywhere(Role.OPERATOR);
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((operator.username() + ":" + People.PASSWORD).getBytes());

    HttpResponse<String> closed = http.get("/engine-rest/engine");

    assertThat(closed.statusCode()).isEqualTo(401);
    assertThat(closed.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(http.get("/engine-rest/engine", "Authorization", basic).statusCode()).isEqualTo(200);
    assertThat(
            http.json("/engine-rest/process-instance/count", "{}", "Authorization", basic)
                .statusCode())
        .isEqualTo(200);
    assertThat(http.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(302);
  }

  @Test
  void a_session_needs_the_token_to_change_the_engine() {
    http.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);

    assertThat(http.json("/engine-rest/process-instance/count", "{}").statusCode()).isEqualTo(403);
    assertThat(
            http.json("/engine-rest/process-instance/count", "{}", "X-CSRF-TOKEN", http.token("/"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void one_sign_in_opens_the_engines_own_interface_too() {
    http.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);

    assertThat(http.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
    assertThat(http.get("/camunda/api/engine/engine/").statusCode()).isEqualTo(200);
    assertThat(new Http(port).get("/camunda/api/engine/engine/").statusCode()).isEqualTo(302);
  }

  @Test
  void a_marketer_has_no_business_in_cockpit() {
    http.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);

    assertThat(http.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(403);
  }

  @Test
  void pages_forbid_scripts_from_elsewhere_and_frames() {
    String policy =
        http.get("/login").headers().firstValue("Content-Security-Policy").orElseThrow();

    assertThat(policy).contains("default-src 'self'").contains("frame-ancestors 'none'");
    assertThat(policy).doesNotContain("unsafe-eval").doesNotContain("script-src");
  }

  private String key(Set<String> scopes) {
    return keys.create("test " + UUID.randomUUID(), scopes, BranchScope.everywhere(), "test");
  }

  private static Set<RequestMethod> methods(RequestMappingInfo mapping) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    return methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods;
  }

  private static boolean refused(HttpResponse<String> answer) {
    boolean toSignIn = answer.statusCode() == 302 && location(answer).endsWith("/login");
    return toSignIn || answer.statusCode() == 401 || answer.statusCode() == 403;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
