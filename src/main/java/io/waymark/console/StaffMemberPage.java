package io.waymark.console;

import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One of the broker's people: what they are, where they work, and a new password. */
@ConsolePage
class StaffMemberPage {

  private final StaffDirectory directory;
  private final Advisors advisors;
  private final StaffChanges changes;
  private final Words words;

  StaffMemberPage(StaffDirectory directory, Advisors advisors, StaffChanges changes, Words words) {
    this.directory = directory;
    this.advisors = advisors;
    this.changes = changes;
    this.words = words;
  }

  @GetMapping("/staff/people/{username}")
  String show(@PathVariable String username, Model model) {
    StaffMember member = known(username);
    return page(member, StaffForm.of(member, advisors.find(username).orElse(null)), model);
  }

  @PostMapping("/staff/people/{username}")
  String change(
      @PathVariable String username,
      @RequestParam MultiValueMap<String, String> fields,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    StaffMember member = known(username);
    StaffForm form = StaffForm.sent(username, fields.containsKey("enabled"), fields);
    try {
      changes.change(form, staff.username());
    } catch (IllegalArgumentException | TaskRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      return page(member, form, model);
    }
    next.addFlashAttribute("said", "staff.changed");
    next.addAttribute("username", username);
    return "redirect:/staff/people/{username}";
  }

  /**
   * Answers with the clear password itself: it is kept nowhere, so it cannot survive a redirect.
   */
  @PostMapping("/staff/people/{username}/password")
  String resetPassword(
      @PathVariable String username,
      CurrentStaff staff,
      HttpServletResponse response,
      Model model) {
    String password =
        changes
            .resetPassword(username, staff.username())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("password", password);
    model.addAttribute("passwordOf", username);
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    return show(username, model);
  }

  private String page(StaffMember member, StaffForm form, Model model) {
    model.addAttribute("member", member);
    model.addAttribute("form", form);
    model.addAttribute(
        "roles", Stream.of(Role.values()).map(r -> new Option(r.code(), r.title())).toList());
    model.addAttribute("branches", words.branches());
    return "staff-member";
  }

  private StaffMember known(String username) {
    return directory
        .find(username)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
