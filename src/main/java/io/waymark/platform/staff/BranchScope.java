package io.waymark.platform.staff;

import java.util.List;

/**
 * The branches whose rows somebody may see. In SQL: {@code (:everywhere or branch =
 * any(:branches))} with {@link #all()} and {@link #asArray()}.
 *
 * @param all every branch, {@code branches} is then empty
 * @param branches codes of the branches
 */
public record BranchScope(boolean all, List<String> branches) {

  public BranchScope {
    branches = List.copyOf(branches);
  }

  public static BranchScope everywhere() {
    return new BranchScope(true, List.of());
  }

  public static BranchScope of(String branch) {
    return new BranchScope(false, List.of(branch));
  }

  public static BranchScope of(List<String> branches) {
    return new BranchScope(false, branches);
  }

  public boolean covers(String branch) {
    return all || branches.contains(branch);
  }

  /** The codes as an SQL array parameter. */
  public String[] asArray() {
    return branches.toArray(String[]::new);
  }
}
