package io.waymark.platform.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testing.DatabaseSlice;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.annotation.Transactional;

/** Rolled back, because it needs an installation without anybody and others fill the database. */
@DatabaseSlice
@Transactional
@ExtendWith(OutputCaptureExtension.class)
class FirstAdministratorTest {

  private static final Pattern PASSWORD = Pattern.compile("密码：(\\S+)");

  @Autowired FirstAdministrator command;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder passwords;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void nobody_is_there() {
    jdbc.sql("truncate branch cascade").update();
  }

  @Test
  void the_first_administrator_gets_a_branch_and_a_password_that_is_printed_once(
      CapturedOutput output) {
    run("--create-administrator=root.admin");

    assertThat(branches.all()).containsExactly(new Branch("HQ", "总部"));
    assertThat(directory.all())
        .containsExactly(
            new StaffMember("root.admin", "管理员", Role.ADMINISTRATOR, "HQ", true, true));
    List<String> printed = printed(output);
    assertThat(printed).hasSize(1);
    assertThat(printed.get(0)).hasSizeGreaterThanOrEqualTo(16);
    assertThat(passwords.matches(printed.get(0), directory.passwordHash("root.admin").orElse("")))
        .isTrue();
  }

  @Test
  void branches_that_exist_are_used(CapturedOutput output) {
    branches.saveAll(List.of(new Branch("SH01", "上海营业部")));

    run("--create-administrator=root");

    assertThat(branches.all()).hasSize(1);
    assertThat(directory.find("root")).get().extracting(StaffMember::branch).isEqualTo("SH01");
  }

  @Test
  void a_second_administrator_is_refused_and_nothing_is_made(CapturedOutput output) {
    run("--create-administrator=root");
    run("--create-administrator=intruder");

    assertThat(output).contains("没有创建管理员：已有启用的管理员");
    assertThat(printed(output)).hasSize(1);
    assertThat(directory.all()).hasSize(1);
  }

  @Test
  void a_name_that_is_no_user_name_is_refused(CapturedOutput output) {
    run("--create-administrator=Root Admin");
    run("--create-administrator");

    assertThat(output).contains("工号“Root Admin”不可用", "工号“”不可用");
    assertThat(printed(output)).isEmpty();
    assertThat(directory.all()).isEmpty();
  }

  @Test
  void a_start_with_nobody_says_how_to_make_the_first(CapturedOutput output) {
    int atStart = hints(output);
    run();
    assertThat(hints(output)).isEqualTo(atStart + 1);

    run("--create-administrator=root");
    run();
    assertThat(hints(output)).isEqualTo(atStart + 1);
  }

  private void run(String... arguments) {
    command.run(new DefaultApplicationArguments(arguments));
  }

  /** The application of this test may itself have started with nobody. */
  private static int hints(CapturedOutput output) {
    return output.toString().split("--create-administrator=工号", -1).length - 1;
  }

  private static List<String> printed(CapturedOutput output) {
    return PASSWORD.matcher(output).results().map(found -> found.group(1)).toList();
  }
}
