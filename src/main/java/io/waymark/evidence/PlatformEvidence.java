package io.waymark.evidence;

import io.waymark.platform.calendar.CalendarPublished;
import io.waymark.platform.crypto.CustomerErased;
import io.waymark.platform.policy.PolicyChanged;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.staff.ApiKeyChanged;
import io.waymark.platform.staff.StaffChanged;
import io.waymark.platform.staff.StaffMember;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Proves what the platform does: it cannot append itself, because evidence stands on it. */
@Component
class PlatformEvidence {

  private final EvidenceLog log;

  PlatformEvidence(EvidenceLog log) {
    this.log = log;
  }

  @EventListener
  void on(CalendarPublished published) {
    append(
        EvidenceKind.CALENDAR_PUBLISHED,
        "calendar:" + published.year(),
        published.actor(),
        Map.of(
            "year", published.year(),
            "closures", published.closures(),
            "working_weekends", published.workingWeekends(),
            "source", published.source()));
  }

  @EventListener
  void on(StaffChanged changed) {
    StaffMember member = changed.member();
    append(
        EvidenceKind.STAFF_CHANGED,
        "staff:" + member.username(),
        changed.actor(),
        Map.of(
            "role", member.role().code(),
            "branch", member.branch(),
            "all_branches", member.allBranches(),
            "enabled", member.enabled(),
            "password_changed", changed.passwordChanged()));
  }

  @EventListener
  void on(ApiKeyChanged changed) {
    append(
        changed.revoked() ? EvidenceKind.API_KEY_REVOKED : EvidenceKind.API_KEY_CREATED,
        "api_key:" + changed.key().name(),
        changed.actor(),
        Map.of(
            "scopes", changed.key().scopes().stream().sorted().toList(),
            "everywhere", changed.key().scope().all(),
            "branches", changed.key().scope().branches()));
  }

  @EventListener
  void on(PolicyChanged changed) {
    PolicyDocument document = changed.document();
    append(
        switch (changed.change()) {
          case PROPOSED -> EvidenceKind.POLICY_PROPOSED;
          case APPROVED -> EvidenceKind.POLICY_APPROVED;
          case REJECTED -> EvidenceKind.POLICY_REJECTED;
        },
        "policy:" + document.kind() + ":" + document.version(),
        changed.actor(),
        Map.of(
            "hash", document.hash(),
            "author", document.author(),
            "effective_from", document.effectiveFrom().toString()));
  }

  @EventListener
  void on(CustomerErased erased) {
    log.append(
        new EvidenceEntry(
            EvidenceKind.CUSTOMER_ERASED,
            "customer:" + erased.customerId(),
            erased.customerId(),
            erased.branch(),
            erased.actor(),
            Map.of()));
  }

  private void append(EvidenceKind kind, String subject, String actor, Map<String, ?> facts) {
    log.append(new EvidenceEntry(kind, subject, null, null, actor, facts));
  }
}
