package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.waymark.console.security.Room;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class SignInBrowserTest {

  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired MessageSource messages;

  People people;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
  }

  @ParameterizedTest
  @EnumSource
  void each_role_sees_its_rooms_and_no_others(Role role, Browser browser) {
    StaffMember member = people.of(role, "SH01", "上海陆家嘴营业部");

    browser.signIn(member.username(), People.PASSWORD);

    browser.screenshot("home-" + role.code());
    assertThat(browser.page().locator(".wm-side nav a").allInnerTexts().stream().map(String::strip))
        .containsExactlyElementsOf(Room.of(role).stream().map(this::title).toList());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_wrong_password_says_what_to_do(Browser browser) {
    StaffMember member = people.everywhere(Role.MARKETER);
    browser.open("/login");
    browser.screenshot("login");

    browser.signIn(member.username(), "wrong");

    assertThat(browser.page().locator(".wm-banner").innerText()).contains("工号或密码不正确");
    browser.screenshot("login-wrong");
  }

  @Test
  void cockpit_opens_on_the_same_session(Browser browser) {
    browser.signIn(people.everywhere(Role.OPERATOR).username(), People.PASSWORD);

    browser.page().click(".wm-side a:has-text('Cockpit')");
    browser
        .page()
        .waitForSelector(
            "a[href='#/processes']", new Page.WaitForSelectorOptions().setTimeout(60_000));

    browser.screenshot("cockpit");
    assertThat(browser.page().content()).doesNotContain("Username", "用户名");
  }

  private String title(Room room) {
    return messages.getMessage(room.key(), null, Locale.CHINA);
  }
}
