package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.BranchScope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keys of other systems: made here, shown once, revoked here. */
@ConsolePage
class KeysPage {

  private final ApiKeys keys;
  private final Words words;

  KeysPage(ApiKeys keys, Words words) {
    this.keys = keys;
    this.words = words;
  }

  @GetMapping("/keys")
  String list(Model model) {
    model.addAttribute("keys", keys.all());
    model.addAttribute("branches", words.branches());
    return "keys";
  }

  /** Answers with the clear key itself: it is kept nowhere, so it cannot survive a redirect. */
  @PostMapping("/keys")
  String create(
      @RequestParam String name,
      @RequestParam(defaultValue = "") Set<String> scopes,
      @RequestParam(defaultValue = "") List<String> branch,
      CurrentStaff staff,
      HttpServletResponse response,
      Model model) {
    BranchScope scope = branch.isEmpty() ? BranchScope.everywhere() : BranchScope.of(branch);
    try {
      if (name.isBlank()) {
        throw new IllegalArgumentException(words.of("keys.name.missing"));
      }
      model.addAttribute("created", keys.create(name.strip(), scopes, scope, staff.username()));
      model.addAttribute("createdName", name.strip());
      response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    } catch (IllegalArgumentException refused) {
      model.addAttribute("refused", refused.getMessage());
      model.addAttribute("name", name);
      model.addAttribute("scopes", scopes);
    }
    return list(model);
  }

  @PostMapping("/keys/{name}/revoke")
  String revoke(@PathVariable String name, CurrentStaff staff, RedirectAttributes next) {
    next.addFlashAttribute(
        "said", keys.revoke(name, staff.username()) ? "keys.revoked" : "keys.gone");
    return "redirect:/keys";
  }
}
