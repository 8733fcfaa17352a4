package io.waymark.console;

import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.platform.policy.PolicyRefusedException;
import io.waymark.platform.staff.Role;
import io.waymark.product.ProductFilter;
import io.waymark.product.Products;
import io.waymark.suitability.SuitabilityPolicy;
import io.waymark.suitability.SuitabilityPolicyKind;
import io.waymark.suitability.table.DecisionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The suitability policy as tables: what applies, what is proposed, and what it says of somebody.
 */
@ConsolePage
class SuitabilityPage {

  private static final String KIND = SuitabilityPolicyKind.CODE;

  private final PolicyDocuments documents;
  private final SuitabilityPolicyKind kind;
  private final SuitabilityCheckup checkup;
  private final RuleSubmission submission;
  private final Products products;
  private final Words words;
  private final Moments moments;
  private final Clock clock;

  SuitabilityPage(
      PolicyDocuments documents,
      SuitabilityPolicyKind kind,
      SuitabilityCheckup checkup,
      RuleSubmission submission,
      Products products,
      Words words,
      Moments moments,
      Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.checkup = checkup;
    this.submission = submission;
    this.products = products;
    this.words = words;
    this.moments = moments;
    this.clock = clock;
  }

  @GetMapping("/suitability")
  String show(
      @RequestParam(defaultValue = "") String customer,
      @RequestParam(defaultValue = "") String product,
      @RequestParam(defaultValue = "product_marketing") String purpose,
      CurrentStaff staff,
      Model model) {
    PolicyInForce<SuitabilityPolicy> active = documents.active(kind, clock.instant());
    model.addAttribute("active", active.document());
    model.addAttribute("tables", tables(active.value(), null));
    model.addAttribute("versions", documents.all(KIND));
    model.addAttribute("today", moments.today());
    model.addAttribute("customer", customer);
    model.addAttribute("product", product);
    model.addAttribute("purpose", purpose);
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    model.addAttribute(
        "products",
        products.page(new ProductFilter(null, null, null, null), 0, 200).stream()
            .map(one -> new Option(one.code(), one.name()))
            .toList());
    if (!customer.isBlank() && !product.isBlank()) {
      model.addAttribute("asked", true);
      checkup
          .of(customer.strip(), product.strip(), purpose, staff.scope())
          .ifPresent(found -> model.addAttribute("result", found));
    }
    return "suitability";
  }

  @GetMapping("/suitability/versions/{version}")
  String version(@PathVariable String version, CurrentStaff staff, Model model) {
    PolicyDocument shown = find(version);
    PolicyInForce<SuitabilityPolicy> active = documents.active(kind, clock.instant());
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    boolean own = shown.author().equalsIgnoreCase(staff.username());
    model.addAttribute("shown", shown);
    model.addAttribute("active", active.document());
    model.addAttribute("tables", tables(kind.read(shown.source()), active.value()));
    boolean running =
        submission.show(
            SubjectKind.POLICY, KIND + ":" + version, shown.isProposal(), own, staff, model);
    model.addAttribute("own", own);
    model.addAttribute("rejectable", shown.isProposal() && !running && (officer || own));
    return "suitability-version";
  }

  /** The file as it is edited in Camunda Modeler. */
  @GetMapping("/suitability/versions/{version}/file")
  ResponseEntity<byte[]> file(@PathVariable String version) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_XML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("suitability-" + version + ".dmn")
                .build()
                .toString())
        .body(find(version).source().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/suitability/versions")
  String propose(
      @RequestParam String version,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable MultipartFile file,
      CurrentStaff staff,
      RedirectAttributes next)
      throws IOException {
    if (file == null || file.isEmpty() || from == null) {
      next.addFlashAttribute("refused", words.of("suitability.propose.missing"));
      return "redirect:/suitability";
    }
    try {
      PolicyDocument proposal =
          documents.propose(
              new PolicyDraft(
                  KIND,
                  version.strip(),
                  from.atStartOfDay(ExchangeCalendar.ZONE).toInstant(),
                  new String(file.getBytes(), StandardCharsets.UTF_8)),
              staff.username());
      next.addAttribute("version", proposal.version());
      next.addFlashAttribute("said", "suitability.proposed");
      return "redirect:/suitability/versions/{version}";
    } catch (PolicyRefusedException refused) {
      next.addFlashAttribute("problems", refused.problems());
      return "redirect:/suitability";
    }
  }

  @PostMapping("/suitability/versions/{version}/submit")
  String submit(@PathVariable String version, CurrentStaff staff, RedirectAttributes next) {
    next.addAttribute("version", version);
    return submission.submit(
        SubjectKind.POLICY,
        KIND + ":" + version,
        staff,
        next,
        "redirect:/suitability/versions/{version}");
  }

  @PostMapping("/suitability/versions/{version}/reject")
  String reject(
      @PathVariable String version,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return decide(
        version,
        "suitability.rejected",
        next,
        () -> documents.reject(KIND, version, reason, staff.username()));
  }

  private static String decide(
      String version, String said, RedirectAttributes next, Runnable decision) {
    try {
      decision.run();
      next.addFlashAttribute("said", said);
    } catch (PolicyRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("version", version);
    return "redirect:/suitability/versions/{version}";
  }

  private PolicyDocument find(String version) {
    return documents
        .find(KIND, version)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private List<Sheet> tables(SuitabilityPolicy policy, @Nullable SuitabilityPolicy before) {
    return policy.tables().stream().map(table -> sheet(table, before)).toList();
  }

  private Sheet sheet(DecisionTable table, @Nullable SuitabilityPolicy before) {
    Set<List<String>> old = new HashSet<>();
    if (before != null) {
      before.tables().stream()
          .filter(one -> one.id().equals(table.id()))
          .flatMap(one -> one.lines().stream())
          .forEach(line -> old.add(cells(line)));
    }
    return new Sheet(
        table,
        table.lines().stream()
            .map(line -> new Row(shown(cells(line)), before != null && !old.contains(cells(line))))
            .toList());
  }

  /** Words instead of codes; the basis, which stands last, is text already. */
  private List<String> shown(List<String> cells) {
    List<String> shown = new ArrayList<>();
    for (String cell : cells.subList(0, cells.size() - 1)) {
      shown.add(Stream.of(cell.split("、")).map(this::word).collect(Collectors.joining("、")));
    }
    shown.add(cells.get(cells.size() - 1));
    return shown;
  }

  private String word(String code) {
    String key = "suitability.word." + code.strip();
    String found = words.of(key);
    return found.equals(key) ? code : found;
  }

  /** The cells without the quotes around literals. */
  private static List<String> cells(DecisionTable.Line line) {
    return Stream.concat(line.inputs().stream(), line.outputs().stream())
        .map(cell -> cell.replace("\"", "").replace(",", "、"))
        .toList();
  }

  /** A table with its lines as people read them. */
  public record Sheet(DecisionTable table, List<Row> rows) {

    /** How many lines are not in the version that applies. */
    public long changed() {
      return rows.stream().filter(Row::changed).count();
    }
  }

  /** One line; changed when the version that applies has none like it. */
  public record Row(List<String> cells, boolean changed) {}
}
