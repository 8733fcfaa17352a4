package io.waymark.platform.staff;

/**
 * One of the broker's own people.
 *
 * @param username unique sign-in name
 * @param name the person's name as colleagues read it
 * @param branch code of the home branch
 * @param allBranches whether rows of every branch may be seen
 * @param enabled whether signing in is allowed
 */
public record StaffMember(
    String username, String name, Role role, String branch, boolean allBranches, boolean enabled) {

  /** The rows this person may see. */
  public BranchScope scope() {
    return allBranches ? BranchScope.everywhere() : BranchScope.of(branch);
  }
}
