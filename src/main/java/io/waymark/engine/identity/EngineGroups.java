package io.waymark.engine.identity;

import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.util.List;

/** Which groups of the engine a member of staff belongs to. */
public final class EngineGroups {

  private EngineGroups() {}

  /** The role's group and, for advisors, the pool of their branch. */
  public static List<String> of(StaffMember member) {
    return member.role() == Role.ADVISOR
        ? List.of(member.role().code(), "advisor-" + member.branch())
        : List.of(member.role().code());
  }
}
