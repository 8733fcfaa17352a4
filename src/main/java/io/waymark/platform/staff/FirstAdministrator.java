package io.waymark.platform.staff;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The command {@code --create-administrator=USERNAME}: lets the first person into a new
 * installation, who then adds the others on the staff page. It does nothing once there is an
 * enabled administrator, so an option left in a start script does no harm. The demo brings people
 * of its own.
 */
@Component
@Profile("!demo")
@Order(-5)
class FirstAdministrator implements ApplicationRunner {

  static final String OPTION = "create-administrator";

  private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);
  private static final Branch HEADQUARTERS = new Branch("HQ", "总部");

  private final StaffDirectory directory;
  private final Branches branches;
  private final PasswordEncoder passwords;
  private final TransactionTemplate transaction;

  FirstAdministrator(
      StaffDirectory directory,
      Branches branches,
      PasswordEncoder passwords,
      TransactionTemplate transaction) {
    this.directory = directory;
    this.branches = branches;
    this.passwords = passwords;
    this.transaction = transaction;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (arguments.containsOption(OPTION)) {
      create(String.join("", arguments.getOptionValues(OPTION)));
    } else if (directory.all().isEmpty()) {
      log.warn("还没有任何人员，无法登录。请加上启动参数 --{}=工号 重新启动，以创建首位管理员。", OPTION);
    }
  }

  private void create(String username) {
    String password = OneTimePassword.make();
    String hash = passwords.encode(password);
    try {
      transaction.executeWithoutResult(status -> save(username, hash));
    } catch (IllegalArgumentException refused) {
      log.warn("没有创建管理员：{}", refused.getMessage());
      return;
    }
    // The log is kept and shipped elsewhere; a password may be in neither.
    System.out.printf("%n首位管理员已创建。工号：%s  密码：%s%n密码只显示这一次，请立即妥善保存。%n%n", username, password);
  }

  private void save(String username, String hash) {
    directory.lock();
    if (directory.byRole(Role.ADMINISTRATOR).stream().anyMatch(StaffMember::enabled)) {
      throw new IllegalArgumentException("已有启用的管理员，请由其在“人员”页面添加人员或重置密码。");
    }
    if (branches.all().isEmpty()) {
      branches.saveAll(List.of(HEADQUARTERS));
    }
    String branch = branches.all().get(0).code();
    directory.add(
        new StaffMember(username, "管理员", Role.ADMINISTRATOR, branch, true, true),
        hash,
        StaffDirectory.SYSTEM);
  }
}
