package io.waymark.console.security;

import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.StaffMember;

/**
 * The person a page is made for; controllers take it as a parameter.
 *
 * @param member as the directory has it now, not as it was at sign-in
 * @param scope branches whose rows the person may see
 */
public record CurrentStaff(StaffMember member, BranchScope scope) {

  static CurrentStaff of(StaffMember member) {
    return new CurrentStaff(member, member.scope());
  }

  /** The user name, as the actor of what the person does. */
  public String username() {
    return member.username();
  }
}
