package io.waymark.demo;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The demo broker's branches and staff, with one password that exists in this profile alone. */
@Component
@Profile("demo")
class DemoPeople {

  static final String PASSWORD = "waymark-demo";
  static final String MARKETER = "marketer";
  static final String REVIEWER = "reviewer";
  static final String OFFICER = "officer";

  /** What takes two of compliance, such as lifting a recall, needs a second one. */
  static final String SECOND_OFFICER = "officer2";

  static final List<Branch> BRANCHES =
      List.of(
          new Branch("SH01", "上海陆家嘴营业部"),
          new Branch("BJ01", "北京金融街营业部"),
          new Branch("SZ01", "深圳福田营业部"),
          new Branch("GZ01", "广州天河营业部"),
          new Branch("HZ01", "杭州钱江营业部"));

  private static final List<String> ADVISOR_NAMES =
      List.of(
          "陈思远", "林嘉怡", "周文博", "吴雅琴", "郑浩然", "王梓萱", "冯立群", "蒋晓彤", "沈墨言", "韩雪梅", "杨振宇", "朱婉清", "秦朗",
          "许静怡", "何俊杰", "吕思琪", "施耀辉", "张若兰", "孔令泽", "曹欣然");

  private final StaffDirectory staff;
  private final Advisors advisors;
  private final PasswordEncoder passwords;

  DemoPeople(StaffDirectory staff, Advisors advisors, PasswordEncoder passwords) {
    this.staff = staff;
    this.advisors = advisors;
    this.passwords = passwords;
  }

  /** User name of the n-th advisor, counted from 0; four to a branch. */
  static String advisor(int n) {
    return String.format(Locale.ROOT, "advisor%02d", n + 1);
  }

  void hire() {
    String hash = passwords.encode(PASSWORD);
    if (staff.find(REVIEWER).isEmpty()) {
      headquarters(REVIEWER, "顾言(业务复核)", Role.MARKETER, hash);
    }
    if (staff.find(SECOND_OFFICER).isEmpty()) {
      headquarters(SECOND_OFFICER, "方晴(合规)", Role.COMPLIANCE, hash);
    }
    if (staff.find("admin").isPresent()) {
      return;
    }
    for (int n = 0; n < ADVISOR_NAMES.size(); n++) {
      hireAdvisor(n, hash);
    }
    headquarters(MARKETER, "苏敏(营销)", Role.MARKETER, hash);
    headquarters(OFFICER, "梁正(合规)", Role.COMPLIANCE, hash);
    headquarters("operator", "唐宁(运营)", Role.OPERATOR, hash);
    headquarters("admin", "管理员", Role.ADMINISTRATOR, hash);
  }

  private void headquarters(String username, String name, Role role, String hash) {
    staff.save(new StaffMember(username, name, role, "SH01", true, true), hash);
  }

  private void hireAdvisor(int n, String hash) {
    String branch = BRANCHES.get(n / 4).code();
    boolean qualifiedForMargin = n % 4 < 2;
    staff.save(
        new StaffMember(advisor(n), ADVISOR_NAMES.get(n), Role.ADVISOR, branch, false, true), hash);
    advisors.save(
        new AdvisorProfile(
            advisor(n),
            branch,
            qualifiedForMargin ? Set.of("margin", "advisory") : Set.of("advisory"),
            LocalDate.of(2028, 12, 31),
            30,
            null,
            null,
            n % 4 == 0),
        "demo");
  }
}
