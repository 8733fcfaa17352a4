package io.waymark.console;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.OneTimePassword;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an administrator does to the staff: the account and what routing must know of an advisor
 * change together or not at all. Refusals are {@link IllegalArgumentException}s and {@code
 * TaskRefusedException}s with Chinese sentences.
 */
@Component
class StaffChanges {

  private static final Pattern BRANCH_CODE = Pattern.compile("[A-Z0-9]{2,20}");

  private final StaffDirectory directory;
  private final Branches branches;
  private final Advisors advisors;
  private final PasswordEncoder passwords;

  StaffChanges(
      StaffDirectory directory, Branches branches, Advisors advisors, PasswordEncoder passwords) {
    this.directory = directory;
    this.branches = branches;
    this.advisors = advisors;
    this.passwords = passwords;
  }

  /** Adds a person and answers with the clear password, which is kept nowhere. */
  @Transactional
  String hire(StaffForm form, String actor) {
    String password = OneTimePassword.make();
    StaffMember member = form.member();
    directory.add(member, passwords.encode(password), actor);
    route(member, form, actor);
    return password;
  }

  @Transactional
  void change(StaffForm form, String actor) {
    StaffMember member = form.member();
    directory.save(member, null, actor);
    route(member, form, actor);
  }

  /** A new password for a person, in clear; empty when there is no such person. */
  Optional<String> resetPassword(String username, String actor) {
    String password = OneTimePassword.make();
    return directory.setPassword(username, passwords.encode(password), actor)
        ? Optional.of(password)
        : Optional.empty();
  }

  @Transactional
  void open(Branch branch) {
    if (!BRANCH_CODE.matcher(branch.code()).matches()) {
      throw new IllegalArgumentException("营业部代码须为 2 至 20 个大写字母或数字，例如 SH01。");
    }
    if (branch.name().isEmpty() || branch.name().length() > 60) {
      throw new IllegalArgumentException("请填写营业部名称，不超过 60 个字。");
    }
    if (branches.exists(branch.code())) {
      throw new IllegalArgumentException("营业部代码“%s”已被使用，请换一个。".formatted(branch.code()));
    }
    branches.saveAll(List.of(branch));
  }

  private void route(StaffMember member, StaffForm form, String actor) {
    Optional<AdvisorProfile> before = advisors.find(member.username());
    if (member.role() == Role.ADVISOR) {
      advisors.save(form.profile(before.orElse(null)), actor);
    } else {
      before.ifPresent(profile -> advisors.save(without(profile), actor));
    }
  }

  /** Who comes back as an advisor is given capacity and lead anew. */
  private static AdvisorProfile without(AdvisorProfile profile) {
    return new AdvisorProfile(
        profile.username(),
        profile.branch(),
        profile.qualifications(),
        profile.licenceUntil(),
        0,
        profile.absentFrom(),
        profile.absentTo(),
        false,
        profile.strengths());
  }
}
