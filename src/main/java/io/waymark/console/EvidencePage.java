package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.evidence.EvidenceSealer;
import io.waymark.evidence.EvidenceVerifier;
import io.waymark.evidence.VerificationRuns;
import io.waymark.evidence.anchor.Anchor;
import io.waymark.evidence.anchor.EvidenceAnchors;
import io.waymark.evidence.anchor.SigningKey;
import io.waymark.evidence.anchor.SigningKeys;
import io.waymark.evidence.pack.EvidencePack;
import io.waymark.evidence.pack.EvidencePacks;
import io.waymark.evidence.pack.PackRefusedException;
import io.waymark.evidence.pack.PackSubject;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.format.annotation.DateTimeFormat;
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

/** The evidence chain: whether it holds, its signed anchors, and packs for those who ask. */
@ConsolePage
class EvidencePage {

  private static final int ANCHORS = 12;

  private final EvidenceSealer sealer;
  private final EvidenceVerifier verifier;
  private final VerificationRuns runs;
  private final EvidenceAnchors anchors;
  private final SigningKeys keys;
  private final EvidencePacks packs;
  private final Customers customers;
  private final JourneyNames journeys;
  private final Words words;
  private final Moments moments;

  EvidencePage(
      EvidenceSealer sealer,
      EvidenceVerifier verifier,
      VerificationRuns runs,
      EvidenceAnchors anchors,
      SigningKeys keys,
      EvidencePacks packs,
      Customers customers,
      JourneyNames journeys,
      Words words,
      Moments moments) {
    this.sealer = sealer;
    this.verifier = verifier;
    this.runs = runs;
    this.anchors = anchors;
    this.keys = keys;
    this.packs = packs;
    this.customers = customers;
    this.journeys = journeys;
    this.words = words;
    this.moments = moments;
  }

  @GetMapping("/evidence")
  String show(Model model) {
    model.addAttribute("lag", sealer.lag());
    model.addAttribute("length", verifier.length());
    model.addAttribute("run", runs.latest().orElse(null));
    model.addAttribute("anchors", anchors.page(0, ANCHORS));
    model.addAttribute("key", keys.key().map(SigningKey::id).orElse(""));
    model.addAttribute(
        "journeys",
        journeys.byKey().entrySet().stream()
            .map(one -> new Option(one.getKey(), one.getValue()))
            .toList());
    model.addAttribute("today", moments.today());
    model.addAttribute("monthAgo", moments.today().minusMonths(1));
    return "evidence";
  }

  @PostMapping("/evidence/verify")
  String verify(CurrentStaff staff) {
    runs.start(staff.username());
    return "redirect:/evidence";
  }

  @PostMapping("/evidence/anchors")
  String anchor(RedirectAttributes next) {
    if (anchors.anchorNow().isPresent()) {
      next.addFlashAttribute("said", "evidence.anchored");
    } else {
      next.addFlashAttribute("refused", words.of("evidence.anchor.nothing"));
    }
    return "redirect:/evidence";
  }

  /** The statement and its signature, to be kept elsewhere. */
  @GetMapping("/evidence/anchors/{number}")
  ResponseEntity<byte[]> anchor(@PathVariable long number) {
    Anchor anchor =
        anchors.find(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String text =
        anchor.statement()
            + "signature: "
            + Base64.getEncoder().encodeToString(anchor.signature())
            + "\n";
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment("anchor-%08d.txt".formatted(number)))
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The public key that others check with. */
  @GetMapping("/evidence/key.pem")
  ResponseEntity<String> key() {
    SigningKey key =
        keys.key().orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment("waymark-evidence.pem"))
        .contentType(MediaType.TEXT_PLAIN)
        .body(SigningKey.pem(key.publicKey()));
  }

  @PostMapping("/evidence/packs/customer")
  ResponseEntity<Resource> ofCustomer(
      @RequestParam String ref, CurrentStaff staff, RedirectAttributes next) throws IOException {
    CustomerProfile customer = customers.find(ref.strip(), staff.scope()).orElse(null);
    if (customer == null) {
      return refuse(words.of("evidence.pack.no_customer"), next);
    }
    return handOver(
        new PackSubject.OfCustomer(customer.id(), customer.ref(), customer.branch()), staff, next);
  }

  @PostMapping("/evidence/packs/journey")
  ResponseEntity<Resource> ofJourney(
      @RequestParam String journey,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      CurrentStaff staff,
      RedirectAttributes next)
      throws IOException {
    String name = journeys.byKey().get(journey);
    if (name == null || from == null || to == null || to.isBefore(from)) {
      return refuse(words.of("evidence.pack.no_journey"), next);
    }
    return handOver(
        new PackSubject.OfJourney(
            journey,
            name,
            from.atStartOfDay(ExchangeCalendar.ZONE).toInstant(),
            to.plusDays(1).atStartOfDay(ExchangeCalendar.ZONE).toInstant()),
        staff,
        next);
  }

  private ResponseEntity<Resource> handOver(
      PackSubject subject, CurrentStaff staff, RedirectAttributes next) throws IOException {
    EvidencePack pack;
    try {
      pack = packs.make(subject, staff.scope(), staff.username());
    } catch (PackRefusedException refused) {
      return refuse(refused.getMessage(), next);
    }
    long size = Files.size(pack.file());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(pack.name()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.parseMediaType("application/zip"))
        .contentLength(size)
        .body(
            new InputStreamResource(
                Files.newInputStream(pack.file(), StandardOpenOption.DELETE_ON_CLOSE)));
  }

  private static ResponseEntity<Resource> refuse(String sentence, RedirectAttributes next) {
    next.addFlashAttribute("refused", sentence);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/evidence")).build();
  }

  private static String attachment(String name) {
    return "attachment; filename=\"" + name + "\"";
  }
}
