package io.waymark.console;

import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.crypto.password.PasswordEncoder;

/** People for tests: each has a name of its own and the same password. */
public final class People {

  public static final String PASSWORD = "a-long-test-password";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final StaffDirectory directory;
  private final Branches branches;
  private final String hash;

  public People(StaffDirectory directory, Branches branches, PasswordEncoder encoder) {
    this.directory = directory;
    this.branches = branches;
    this.hash = encoder.encode(PASSWORD);
  }

  /** Somebody of a role who sees one branch, which is made when it is new. */
  public StaffMember of(Role role, String branch, String branchName) {
    branches.saveAll(List.of(new Branch(branch, branchName)));
    return saved(role, branch, false);
  }

  /** Somebody of a role who sees every branch. */
  public StaffMember everywhere(Role role) {
    branches.saveAll(List.of(new Branch("HQ00", "总部")));
    return saved(role, "HQ00", true);
  }

  private StaffMember saved(Role role, String branch, boolean all) {
    String username = role.code().substring(0, 2) + "-" + NUMBER.incrementAndGet();
    StaffMember member = new StaffMember(username, NAMES[role.ordinal()], role, branch, all, true);
    directory.save(member, hash);
    return member;
  }

  private static final String[] NAMES = {"林晓", "周合", "陈牧", "吴运", "郑理"};
}
