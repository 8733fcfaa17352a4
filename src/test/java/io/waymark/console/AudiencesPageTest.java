package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class AudiencesPageTest {

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired ApiKeys keys;
  @Autowired ObjectMapper json;

  String branch;
  String code;
  String rule;
  Http http;

  @BeforeEach
  void settle_two_customers() {
    String mark = UUID.randomUUID().toString().substring(0, 6);
    branch = "AU" + mark;
    code = "screen-" + mark;
    rule = "tag asset_total >= 500000 and age >= 18 and branch = '" + branch + "'";
    http = new Http(port);
    branches.saveAll(List.of(new Branch(branch, "上海张杨路营业部")));
    customers.importAll(List.of(customer("1", "800000"), customer("2", "100")), "test");
  }

  private CustomerRecord customer(String name, String assets) {
    return new CustomerRecord(
        branch + "-" + name,
        "王小明",
        LocalDate.of(1980, 5, 1),
        branch,
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        Map.of(),
        Map.of("asset_total", assets));
  }

  @Test
  void a_marketer_writes_a_rule_counts_it_and_asks_why(Browser browser) {
    People people = new People(directory, branches, encoder);
    browser.signIn(people.everywhere(Role.MARKETER).username(), People.PASSWORD);
    browser.open("/audiences");
    browser.screenshot("audiences");
    browser.page().click("a:has-text('新建人群')");
    browser.page().fill("#a-code", code);
    browser.page().fill("#a-name", "高净值客户");
    browser.page().fill("#a-rule", rule.replace(">=", "=>"));
    browser.page().click("button[value=count]");
    browser.page().waitForSelector(".wm-banner.wm-bad:has-text('规则第 1 行')");
    assertThat(browser.page().locator("main").innerText()).contains("第 1 行第 18 个字符");
    browser.page().fill("#a-rule", rule);
    browser.page().click("button[value=count]");
    browser.page().waitForSelector(".wm-banner.wm-good:has-text('有 1 名客户')");
    browser.page().check("input[name=live]");
    browser.page().click("button[value=save]");
    browser.page().waitForURL("**/audiences/" + code);
    browser.page().fill("#a-customer", branch + "-2");
    browser.page().click("button:has-text('解释')");
    browser.page().waitForSelector("#a-told:has-text('不符合')");
    browser.screenshot("audience");
    assertThat(browser.page().locator("main").innerText())
        .contains("不符合", "标签 asset_total ≥ 500000", "100(2026-11-23", "46 周岁");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void who_is_no_marketer_reads_and_counts_but_writes_nothing() {
    People people = new People(directory, branches, encoder);
    http.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    Map<String, String> fields =
        Map.of(
            "code",
            code,
            "name",
            "测试",
            "rule",
            rule,
            "purpose",
            "service",
            "_csrf",
            http.token("/audiences"));

    assertThat(http.form("/audiences", fields).statusCode()).isEqualTo(403);
    assertThat(http.get("/audiences/dormant").body())
        .contains("休眠客户")
        .doesNotContain("value=\"save\"");
  }

  @Test
  void another_system_saves_counts_lists_and_asks_why_within_its_branches() throws IOException {
    String key = keys.create("k-" + code, Set.of("ingest", "read"), BranchScope.of(branch), "test");
    String text =
        json.writeValueAsString(
            Map.of("code", code, "name", "测试", "rule", rule, "purpose", "service"));

    JsonNode saved = read(http.json("/api/v1/audiences", text, "X-Api-Key", key));
    assertThat(saved.get("revision").asInt()).isEqualTo(1);
    assertThat(read(get(key, "/count")).get("count").asLong()).isEqualTo(1);
    assertThat(get(key, "/members").body().strip())
        .isIn(
            "{\"customer\":\"%1$s-1\",\"branch\":\"%1$s\"}".formatted(branch),
            "{\"branch\":\"%1$s\",\"customer\":\"%1$s-1\"}".formatted(branch));
    JsonNode why = read(get(key, "/explain?customer=" + branch + "-2"));
    assertThat(why.get("truth").asText()).isEqualTo("NO");
    assertThat(why.at("/parts/0/seen").asText()).startsWith("100(");
    assertThat(
            read(http.json("/api/v1/audiences/count", "{\"rule\":\"age >= 18\"}", "X-Api-Key", key))
                .get("count")
                .asLong())
        .isEqualTo(2);

    String other =
        keys.create("o-" + code, Set.of("ingest", "read"), BranchScope.of("NOWHERE"), "test");
    assertThat(read(get(other, "/count")).get("count").asLong()).isZero();
    assertThat(get(other, "/members").body()).isEmpty();
    assertThat(get(other, "/explain?customer=" + branch + "-2").statusCode()).isEqualTo(404);
  }

  @Test
  void a_wrong_rule_is_a_problem_that_names_the_character() throws IOException {
    String key = keys.create("w-" + code, Set.of("ingest"), BranchScope.everywhere(), "test");
    HttpResponse<String> answer =
        http.json("/api/v1/audiences/count", "{\"rule\":\"age => 18\"}", "X-Api-Key", key);

    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("field").asText()).isEqualTo("rule");
    assertThat(problem.get("position").asInt()).isEqualTo(6);
    assertThat(problem.get("detail").asText()).contains("周岁数");
  }

  private HttpResponse<String> get(String key, String path) {
    return http.get("/api/v1/audiences/" + code + path, "X-Api-Key", key);
  }

  private JsonNode read(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }
}
