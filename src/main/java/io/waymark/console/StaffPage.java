package io.waymark.console;

import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who works here, with which role, for which branches. */
@ConsolePage
class StaffPage {

  private final StaffDirectory directory;
  private final Branches branches;

  StaffPage(StaffDirectory directory, Branches branches) {
    this.directory = directory;
    this.branches = branches;
  }

  @GetMapping("/staff")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "") String branch,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    List<StaffMember> found =
        directory.all().stream()
            .filter(member -> role.isEmpty() || member.role().code().equals(role))
            .filter(member -> branch.isEmpty() || member.branch().equals(branch))
            .filter(member -> named(member, q))
            .toList();
    List<Branch> known = branches.all();
    model.addAttribute(
        "page",
        ListPage.read(
            page, offset -> found.stream().skip(offset).limit(ListPage.SIZE + 1L).toList()));
    model.addAttribute("q", q);
    model.addAttribute("role", role);
    model.addAttribute("branch", branch);
    model.addAttribute(
        "roles", Stream.of(Role.values()).map(r -> new Option(r.code(), r.title())).toList());
    model.addAttribute(
        "branches", known.stream().map(b -> new Option(b.code(), b.name())).toList());
    model.addAttribute("branchNames", names(known));
    return "staff";
  }

  private static Map<String, String> names(List<Branch> branches) {
    return branches.stream().collect(Collectors.toMap(Branch::code, Branch::name));
  }

  private static boolean named(StaffMember member, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return member.username().toLowerCase(Locale.ROOT).contains(wanted)
        || member.name().toLowerCase(Locale.ROOT).contains(wanted);
  }
}
