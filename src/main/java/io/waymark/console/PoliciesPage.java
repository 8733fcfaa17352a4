package io.waymark.console;

import io.waymark.compliance.RequiredElements;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.identity.IdentityRules;
import io.waymark.customer.identity.IdentityRulesKind;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.PolicyRefusedException;
import io.waymark.platform.staff.Role;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Policies of every kind: what applies, what is proposed, what it changes, and the way to the
 * review by somebody who did not write it.
 */
@ConsolePage
class PoliciesPage {

  private final PolicyDocuments documents;
  private final RuleSubmission submission;
  private final Clock clock;
  private final Moments moments;

  PoliciesPage(PolicyDocuments documents, RuleSubmission submission, Clock clock, Moments moments) {
    this.documents = documents;
    this.submission = submission;
    this.clock = clock;
    this.moments = moments;
  }

  @GetMapping("/policies")
  String list(Model model) {
    Instant now = clock.instant();
    model.addAttribute(
        "kinds",
        documents.kinds().stream()
            .map(
                kind ->
                    new Kind(
                        kind.code(),
                        kind.title(),
                        documents.active(kind.code(), now),
                        documents.all(kind.code()).stream()
                            .filter(PolicyDocument::isProposal)
                            .count()))
            .toList());
    return "policies";
  }

  @GetMapping("/policies/{kind}")
  String kind(@PathVariable String kind, Model model) {
    PolicyKind<?> found = kindOf(kind);
    PolicyDocument active = documents.active(kind, clock.instant());
    model.addAttribute("kind", found.code());
    model.addAttribute("title", found.title());
    model.addAttribute("active", active);
    model.addAttribute("versions", documents.all(kind));
    model.asMap().putIfAbsent("source", active.source());
    model.asMap().putIfAbsent("version", "");
    model.asMap().putIfAbsent("from", moments.today().toString());
    return "policy";
  }

  @PostMapping("/policies/{kind}")
  String propose(
      @PathVariable String kind,
      @RequestParam String version,
      @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
      @RequestParam String source,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("kind", kindOf(kind).code());
    String text = source.replace("\r\n", "\n");
    try {
      PolicyDocument proposal =
          documents.propose(
              new PolicyDraft(
                  kind,
                  version.strip(),
                  from.atStartOfDay(ExchangeCalendar.ZONE).toInstant(),
                  text),
              staff.member().username());
      next.addFlashAttribute("said", "policy.proposed");
      next.addAttribute("version", proposal.version());
      return "redirect:/policies/{kind}/{version}";
    } catch (PolicyRefusedException e) {
      next.addFlashAttribute("problems", e.problems());
      next.addFlashAttribute("source", text);
      next.addFlashAttribute("version", version);
      next.addFlashAttribute("from", from.toString());
      return "redirect:/policies/{kind}";
    }
  }

  @GetMapping("/policies/{kind}/{version}")
  String version(
      @PathVariable String kind, @PathVariable String version, CurrentStaff staff, Model model) {
    PolicyKind<?> found = kindOf(kind);
    PolicyDocument shown =
        documents
            .find(kind, version)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    PolicyDocument active = documents.active(kind, clock.instant());
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean own = shown.author().equalsIgnoreCase(staff.member().username());
    model.addAttribute("kind", found.code());
    model.addAttribute("title", found.title());
    model.addAttribute("shown", shown);
    model.addAttribute("active", active);
    model.addAttribute("applies", active.version().equals(shown.version()));
    model.addAttribute("lines", LineDiff.of(active.source(), shown.source()));
    if (kind.equals(RequiredElements.POLICY)) {
      model.addAttribute("statements", RequiredElements.statements(shown.source()));
    }
    if (kind.equals(IdentityRulesKind.CODE)) {
      model.addAttribute("identityRules", IdentityRules.read(shown.source()));
    }
    boolean running =
        submission.show(
            SubjectKind.POLICY, kind + ":" + version, shown.isProposal(), own, staff, model);
    model.addAttribute("own", own);
    model.addAttribute("rejectable", shown.isProposal() && !running && (officer || own));
    return "policy-version";
  }

  /** A version as a file, to be kept or carried to another installation. */
  @GetMapping("/policies/{kind}/{version}/file")
  ResponseEntity<byte[]> file(@PathVariable String kind, @PathVariable String version) {
    PolicyDocument document =
        documents
            .find(kindOf(kind).code(), version)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(kind + "-" + version + ".txt")
                .build()
                .toString())
        .body(document.source().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/policies/{kind}/{version}/submit")
  String submit(
      @PathVariable String kind,
      @PathVariable String version,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("kind", kindOf(kind).code());
    next.addAttribute("version", version);
    return submission.submit(
        SubjectKind.POLICY,
        kind + ":" + version,
        staff,
        next,
        "redirect:/policies/{kind}/{version}");
  }

  @PostMapping("/policies/{kind}/{version}/reject")
  String reject(
      @PathVariable String kind,
      @PathVariable String version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return decided(
        kind,
        version,
        "policy.rejected",
        next,
        () -> documents.reject(kind, version, reason, staff.member().username()));
  }

  private String decided(
      String kind, String version, String said, RedirectAttributes next, Runnable act) {
    next.addAttribute("kind", kindOf(kind).code());
    next.addAttribute("version", version);
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (PolicyRefusedException e) {
      next.addFlashAttribute("problems", e.problems());
    }
    return "redirect:/policies/{kind}/{version}";
  }

  private PolicyKind<?> kindOf(String code) {
    return documents.kinds().stream()
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** A kind of policy, what applies and how many proposals wait. */
  public record Kind(String code, String title, PolicyDocument active, long waiting) {}
}
