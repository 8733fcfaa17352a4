package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.IdentityType;
import io.waymark.customer.identity.CustomerMerges;
import io.waymark.customer.identity.IdentityCases;
import io.waymark.customer.identity.MergeRefusedException;
import io.waymark.customer.rights.CorrectionRefusedException;
import io.waymark.customer.rights.Corrections;
import io.waymark.customer.rights.CustomerCopies;
import io.waymark.customer.rights.Erasure;
import io.waymark.customer.rights.ErasureRefusedException;
import io.waymark.customer.rights.Erasures;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What persons ask of us about their own data: copies, erasure, and who is one person. */
@ConsolePage
class RightsPage {

  private static final int MERGES = 20;

  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of("name", "birthDate"),
              Stream.of(IdentityType.values()).map(type -> "identity." + type.code()))
          .toList();

  private final Erasures erasures;
  private final CustomerMerges merges;
  private final IdentityCases cases;
  private final Corrections corrections;
  private final CustomerCopies copies;
  private final Customers customers;
  private final EvidenceLog evidence;
  private final Words words;

  RightsPage(
      Erasures erasures,
      CustomerMerges merges,
      IdentityCases cases,
      Corrections corrections,
      CustomerCopies copies,
      Customers customers,
      EvidenceLog evidence,
      Words words) {
    this.erasures = erasures;
    this.merges = merges;
    this.cases = cases;
    this.corrections = corrections;
    this.copies = copies;
    this.customers = customers;
    this.evidence = evidence;
    this.words = words;
  }

  @GetMapping("/rights")
  String list(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    model.addAttribute(
        "page",
        ListPage.read(page, offset -> erasures.page(staff.scope(), offset, ListPage.SIZE + 1)));
    model.addAttribute("merges", merges.page(staff.scope(), 0, MERGES));
    model.addAttribute("waiting", cases.waiting(staff.scope()));
    model.addAttribute("corrections", corrections.page(staff.scope(), 0, MERGES));
    model.addAttribute("fields", FIELDS);
    model.addAttribute("username", staff.username());
    return "rights";
  }

  @PostMapping("/rights/copy")
  ResponseEntity<StreamingResponseBody> copy(
      @RequestParam(defaultValue = "") String ref, CurrentStaff staff, RedirectAttributes next) {
    CustomerProfile customer = customers.find(ref.strip(), staff.scope()).orElse(null);
    if (customer == null) {
      next.addFlashAttribute("refused", words.of("rights.no_customer"));
      return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/rights")).build();
    }
    String actor = staff.username();
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-data.zip\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.parseMediaType("application/zip"))
        .body(out -> copies.write(customer.id(), customer.branch(), actor, out));
  }

  @PostMapping("/rights/erasures")
  String request(
      @RequestParam(defaultValue = "") String ref,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        next,
        "rights.requested",
        () -> "/rights/" + erasures.request(ref, reason, staff.username(), staff.scope()));
  }

  @GetMapping("/rights/{id}")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    Erasure one =
        erasures
            .find(id, staff.scope())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("one", one);
    model.addAttribute(
        "decidable", one.open() && !one.requestedBy().equalsIgnoreCase(staff.username()));
    model.addAttribute(
        "proof",
        evidence.ofCustomer(one.customerId()).stream()
            .filter(row -> row.kind() == EvidenceKind.CUSTOMER_ERASED)
            .findFirst()
            .orElse(null));
    return "rights-erasure";
  }

  @PostMapping("/rights/{id}/confirm")
  String confirm(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        "rights.erased",
        () -> {
          erasures.confirm(id, staff.username(), staff.scope());
          return "/rights/" + id;
        });
  }

  @PostMapping("/rights/{id}/decline")
  String decline(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        "rights.declined",
        () -> {
          erasures.decline(id, staff.username(), staff.scope());
          return "/rights/" + id;
        });
  }

  @PostMapping("/rights/corrections")
  String correct(
      @RequestParam(defaultValue = "") String ref,
      @RequestParam(defaultValue = "") String field,
      @RequestParam(defaultValue = "") String value,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        next,
        "rights.requested",
        () -> {
          corrections.request(ref, field, value, reason, staff.username(), staff.scope());
          return "/rights";
        });
  }

  @PostMapping("/rights/corrections/{id}/confirm")
  String corrected(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        "rights.corrected",
        () -> {
          corrections.confirm(id, staff.username(), staff.scope());
          return "/rights";
        });
  }

  @PostMapping("/rights/corrections/{id}/decline")
  String notCorrected(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return act(
        next,
        "rights.declined",
        () -> {
          corrections.decline(id, staff.username(), staff.scope());
          return "/rights";
        });
  }

  @PostMapping("/rights/merges")
  String merge(
      @RequestParam(defaultValue = "") String ref,
      @RequestParam(defaultValue = "") String other,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        next,
        "rights.merged",
        () -> {
          merges.merge(ref, other, reason, staff.username(), staff.scope());
          return "/rights";
        });
  }

  @PostMapping("/rights/merges/{id}/undo")
  String undo(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        next,
        "rights.unmerged",
        () -> {
          merges.undo(id, reason, staff.username(), staff.scope());
          return "/rights";
        });
  }

  private static String act(RedirectAttributes next, String said, Supplier<String> act) {
    try {
      String path = act.get();
      next.addFlashAttribute("said", said);
      return "redirect:" + path;
    } catch (ErasureRefusedException | CorrectionRefusedException | MergeRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/rights";
    }
  }
}
