package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is going on today, as far as the reader's role and branches go. */
@ConsolePage
class HomePage {

  @GetMapping("/")
  String show(CurrentStaff staff, Model model) {
    return "home";
  }
}
