package io.waymark.console;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who works here, with which role, for which branches; people and branches are added here. */
@ConsolePage
class StaffPage {

  private final StaffDirectory directory;
  private final Branches branches;
  private final StaffChanges changes;

  StaffPage(StaffDirectory directory, Branches branches, StaffChanges changes) {
    this.directory = directory;
    this.branches = branches;
    this.changes = changes;
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
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", StaffForm.blank());
    }
    return "staff";
  }

  /**
   * Answers with the clear password itself: it is kept nowhere, so it cannot survive a redirect.
   */
  @PostMapping("/staff")
  String hire(
      @RequestParam MultiValueMap<String, String> fields,
      CurrentStaff staff,
      HttpServletResponse response,
      Model model) {
    String username = Objects.requireNonNullElse(fields.getFirst("username"), "").strip();
    StaffForm form = StaffForm.sent(username, true, fields);
    try {
      model.addAttribute("password", changes.hire(form, staff.username()));
      model.addAttribute("passwordOf", username);
      response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    } catch (IllegalArgumentException | TaskRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      model.addAttribute("form", form);
    }
    return list("", "", "", 0, model);
  }

  @PostMapping("/staff/branches")
  String open(@RequestParam String code, @RequestParam String name, RedirectAttributes next) {
    try {
      changes.open(new Branch(code.strip(), name.strip()));
      next.addFlashAttribute("said", "staff.branch.added");
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("branchCode", code);
      next.addFlashAttribute("branchName", name);
    }
    return "redirect:/staff";
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
