package io.waymark.console;

import io.waymark.advisor.RoutingPolicyKind;
import io.waymark.advisor.RoutingTable;
import io.waymark.advisor.WorkList;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Clock;
import java.time.Instant;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How tasks are given out today, and where tasks wait because nobody could take them. */
@ConsolePage
class RoutingPage {

  private final PolicyDocuments documents;
  private final RoutingPolicyKind kind;
  private final WorkList work;
  private final Clock clock;

  RoutingPage(PolicyDocuments documents, RoutingPolicyKind kind, WorkList work, Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.work = work;
    this.clock = clock;
  }

  @GetMapping("/task-routing")
  String show(CurrentStaff staff, Model model) {
    Instant now = clock.instant();
    PolicyInForce<RoutingTable> active = documents.active(kind, now);
    model.addAttribute("version", active.version());
    model.addAttribute("table", active.value().drawn());
    model.addAttribute("waiting", work.waiting(staff.scope(), now));
    return "task-routing";
  }
}
