package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class StaffPageTest {

  private static final Pattern SHOWN = Pattern.compile("<code id=\"wm-password\">([^<]+)</code>");

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired Advisors advisors;
  @Autowired PasswordEncoder encoder;
  @Autowired JdbcClient jdbc;

  private final String username = "p-" + UUID.randomUUID().toString().substring(0, 8);
  People people;
  Http http;
  StaffMember administrator;

  @BeforeEach
  void sign_in() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
    administrator = people.everywhere(Role.ADMINISTRATOR);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
    http.signIn(administrator.username(), People.PASSWORD);
  }

  @Test
  void a_new_person_signs_in_with_the_password_that_is_shown_once() {
    HttpResponse<String> answer = hire("李敏", "marketer", Map.of());

    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    String password = shown(answer);
    assertThat(directory.find(username))
        .contains(new StaffMember(username, "李敏", Role.MARKETER, "SH01", false, true));
    assertThat(http.get("/staff").body()).doesNotContain(password);
    assertThat(signIn(password)).doesNotContain("login");
    assertThat(
            jdbc.sql("select actor from evidence where kind = 'staff_changed' and subject = ?")
                .param("staff:" + username)
                .query(String.class)
                .list())
        .containsExactly(administrator.username());
  }

  @Test
  void a_refused_form_says_why_keeps_what_was_typed_and_makes_nobody() {
    assertThat(hire("李敏", "wizard", Map.of()).body()).contains("请选择角色");
    assertThat(hire("  ", "marketer", Map.of()).body()).contains("请填写姓名");
    assertThat(hire("李敏", "marketer", Map.of("branch", "nowhere")).body()).contains("请先建立营业部");
    assertThat(hire("李敏", "marketer", Map.of("username", "Li Min")).body())
        .contains("不可用", "value=\"Li Min\"");
    assertThat(hire("李敏", "marketer", Map.of("username", administrator.username())).body())
        .contains("已被使用");
    assertThat(hire("李敏", "advisor", Map.of("dailyCapacity", "9")).body()).contains("有效期");
    assertThat(
            hire("李敏", "advisor", Map.of("licenceUntil", "2030-01-01", "dailyCapacity", "-1"))
                .body())
        .contains("每日任务上限，0 至 500");

    assertThat(directory.find(username)).isEmpty();
    assertThat(directory.find(administrator.username())).contains(administrator);
  }

  @Test
  void an_advisor_is_routed_by_what_the_form_says_until_the_role_changes() {
    hire(
        "陈思远",
        "advisor",
        Map.of("margin", "on", "licenceUntil", "2030-01-01", "dailyCapacity", "12"));
    assertThat(advisors.find(username)).contains(profile(Set.of("margin"), 12, false));

    change(
        Map.of(
            "role",
            "advisor",
            "advisory",
            "on",
            "leader",
            "on",
            "licenceUntil",
            "2030-01-01",
            "dailyCapacity",
            "3"));
    assertThat(advisors.find(username)).contains(profile(Set.of("advisory"), 3, true));

    change(Map.of("role", "operator"));
    assertThat(advisors.find(username)).contains(profile(Set.of("advisory"), 0, false));
    assertThat(directory.find(username))
        .get()
        .extracting(StaffMember::role)
        .isEqualTo(Role.OPERATOR);
  }

  @Test
  void a_change_is_kept_and_the_password_with_it() {
    String password = shown(hire("李敏", "marketer", Map.of()));

    change(Map.of("name", "李敏敏", "role", "compliance", "allBranches", "on"));

    assertThat(directory.find(username))
        .contains(new StaffMember(username, "李敏敏", Role.COMPLIANCE, "SH01", true, true));
    assertThat(signIn(password)).doesNotContain("login");
  }

  @Test
  void a_reset_password_replaces_the_old_one() {
    String old = shown(hire("李敏", "marketer", Map.of()));

    HttpResponse<String> answer =
        http.form("/staff/people/" + username + "/password", Map.of("_csrf", http.token("/")));

    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(signIn(old)).endsWith("problem=wrong");
    assertThat(signIn(shown(answer))).doesNotContain("login");
  }

  @Test
  void an_administrator_cannot_lock_himself_out() {
    Map<String, String> fields = form(administrator.name(), "administrator", Map.of());
    fields.put("branch", administrator.branch());

    HttpResponse<String> disabled = http.form("/staff/people/" + administrator.username(), fields);
    fields.putAll(Map.of("enabled", "on", "role", "marketer"));
    HttpResponse<String> demoted = http.form("/staff/people/" + administrator.username(), fields);

    assertThat(disabled.body()).contains("不能停用自己");
    assertThat(demoted.body()).contains("取消自己的管理员角色");
    assertThat(directory.find(administrator.username())).contains(administrator);
  }

  @Test
  void a_branch_is_added_once() {
    String code = "B" + username.substring(2).toUpperCase(Locale.ROOT);

    assertThat(branch(code, "广州天河营业部")).contains("营业部已添加");
    assertThat(branch(code, "另一个")).contains("已被使用");
    assertThat(branch("sh 1", "小写")).contains("代码须为 2 至 20 个大写字母或数字", "value=\"sh 1\"");

    assertThat(branches.all()).contains(new Branch(code, "广州天河营业部"));
    assertThat(branches.exists("sh 1")).isFalse();
  }

  @Test
  void nobody_but_an_administrator_changes_the_staff() {
    Http marketer = new Http(port);
    marketer.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    String token = marketer.token("/");

    for (String path :
        List.of(
            "/staff",
            "/staff/branches",
            "/staff/people/" + administrator.username(),
            "/staff/people/" + administrator.username() + "/password")) {
      assertThat(marketer.form(path, Map.of("_csrf", token)).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void a_person_who_does_not_exist_is_not_found() {
    assertThat(http.get("/staff/people/nobody-here", "Accept", "text/html").statusCode())
        .isEqualTo(404);
    assertThat(
            http.form("/staff/people/nobody-here/password", Map.of("_csrf", http.token("/")))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void an_administrator_adds_somebody_and_opens_the_account(Browser browser) {
    browser.signIn(administrator.username(), People.PASSWORD);
    browser.open("/staff");
    browser.page().fill("#staff-username", username);
    browser.page().fill("#staff-name", "陈思远");
    browser.page().selectOption("#staff-role", "advisor");
    browser.page().selectOption("#staff-branch", "SH01");
    browser.page().check("input[name=margin]");
    browser.page().fill("#staff-licence", "2030-01-01");
    browser.page().fill("#staff-capacity", "8");
    browser.page().click("button:has-text('添加并生成密码')");
    assertThat(browser.page().locator("#wm-password").innerText()).hasSize(20);
    browser.screenshot("staff");

    browser.open("/staff/people/" + username);
    browser.screenshot("staff-member");
    browser.page().uncheck("input[name=enabled]");
    browser.page().click("button:has-text('保存')");
    browser.page().waitForSelector(".wm-banner:has-text('已保存')");

    assertThat(directory.find(username)).get().extracting(StaffMember::enabled).isEqualTo(false);
    assertThat(browser.complaints()).isEmpty();
  }

  private HttpResponse<String> hire(String name, String role, Map<String, String> more) {
    Map<String, String> fields = form(name, role, Map.of("username", username));
    fields.putAll(more);
    return http.form("/staff", fields);
  }

  private void change(Map<String, String> more) {
    Map<String, String> fields = form("李敏", "marketer", Map.of("enabled", "on"));
    fields.putAll(more);
    assertThat(http.form("/staff/people/" + username, fields).statusCode()).isEqualTo(302);
  }

  private String branch(String code, String name) {
    http.form("/staff/branches", Map.of("code", code, "name", name, "_csrf", http.token("/")));
    return http.get("/staff", "Accept", "text/html").body();
  }

  private Map<String, String> form(String name, String role, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>(more);
    fields.putAll(Map.of("name", name, "role", role, "branch", "SH01", "_csrf", http.token("/")));
    return fields;
  }

  private AdvisorProfile profile(Set<String> qualifications, int capacity, boolean leader) {
    return new AdvisorProfile(
        username, "SH01", qualifications, LocalDate.of(2030, 1, 1), capacity, null, null, leader);
  }

  private String signIn(String password) {
    return new Http(port).signIn(username, password).headers().firstValue("Location").orElse("");
  }

  private static String shown(HttpResponse<String> answer) {
    Matcher found = SHOWN.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }
}
