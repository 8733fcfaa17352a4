package io.waymark.engine.identity;

import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.util.List;

/**
 * Which groups of the engine a member of staff belongs to.
 *
 * <p>The engine knows no branches: who may read instances reads those of every branch. Staff
 * limited to one branch therefore belong to no group that reads instances, and the engine's doors
 * are closed to them; they work in the console, whose rows are scoped. Advisors are the exception,
 * since the engine shows them their own tasks and their branch's pool only, and marketers, who see
 * drawings and no customers. See {@code docs/decisions/engine-doors.md}.
 */
public final class EngineGroups {

  /** No branch's code is written in small letters. */
  private static final String HEAD_OFFICE_POOL = "advisor-everywhere";

  private EngineGroups() {}

  /**
   * The role's group and, for advisors, the pool of their branch; none for who has no business in
   * the engine.
   */
  public static List<String> of(StaffMember member) {
    if (!member.enabled()) {
      return List.of();
    }
    return switch (member.role()) {
      case ADVISOR ->
          member.allBranches()
              ? List.of(Role.ADVISOR.code(), pool(member.branch()), HEAD_OFFICE_POOL)
              : List.of(Role.ADVISOR.code(), pool(member.branch()));
      case MARKETER -> List.of(Role.MARKETER.code());
      case COMPLIANCE, OPERATOR, ADMINISTRATOR ->
          member.allBranches() ? List.of(member.role().code()) : List.of();
    };
  }

  /** The groups that see a task nobody holds. */
  public static List<String> pools(String branch, boolean anywhere) {
    return anywhere ? List.of(pool(branch), HEAD_OFFICE_POOL) : List.of(pool(branch));
  }

  /** The group of all advisors of a branch. */
  public static String pool(String branch) {
    return "advisor-" + branch;
  }
}
