package io.waymark.console;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page; the sign-in itself is the filter chain's. */
@Controller
class LoginPage {

  private static final Set<String> PROBLEMS = Set.of("wrong", "throttled", "disabled");

  @GetMapping("/login")
  String show(
      @RequestParam(required = false) @Nullable String problem,
      @RequestParam(required = false) @Nullable String out,
      @RequestParam(required = false) @Nullable String expired,
      CsrfToken token,
      Model model) {
    model.addAttribute("_csrf", token);
    // Only words the bundle knows: the address is anybody's to write.
    model.addAttribute("problem", problem != null && PROBLEMS.contains(problem) ? problem : "");
    model.addAttribute("notice", out != null ? "out" : expired != null ? "expired" : "");
    return "login";
  }
}
