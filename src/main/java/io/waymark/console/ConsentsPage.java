package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.console.security.Room;
import io.waymark.customer.Consent;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.rights.ConsentDesk;
import io.waymark.customer.rights.ConsentRefusedException;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What one customer agreed to and refused: every purpose on every channel, and how it is known. */
@ConsolePage
class ConsentsPage {

  private static final int HISTORY = 50;

  private final Customers customers;
  private final Consents consents;
  private final ConsentDesk desk;
  private final EvidenceLog evidence;
  private final Words words;
  private final Clock clock;

  ConsentsPage(
      Customers customers,
      Consents consents,
      ConsentDesk desk,
      EvidenceLog evidence,
      Words words,
      Clock clock) {
    this.customers = customers;
    this.consents = consents;
    this.desk = desk;
    this.evidence = evidence;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/customers/{ref}/consents")
  String show(@PathVariable String ref, CurrentStaff staff, Model model) {
    CustomerProfile customer = find(ref, staff);
    ConsentMatrix matrix =
        consents.of(List.of(customer.id())).getOrDefault(customer.id(), ConsentMatrix.empty());
    Map<String, Long> proofs = proofs(customer.id());
    Instant now = clock.instant();
    Role role = staff.member().role();
    model.addAttribute("customer", customer);
    model.addAttribute("channels", words.channels());
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    model.addAttribute(
        "rows",
        Stream.of(Purpose.values()).map(purpose -> row(purpose, matrix, proofs, now)).toList());
    model.addAttribute(
        "history",
        consents.history(customer.id(), HISTORY).stream()
            .map(one -> new Line(one, proofs.get(key(one.word()))))
            .toList());
    model.addAttribute("refuses", ConsentDesk.may(role, ConsentState.REFUSED));
    model.addAttribute("grants", ConsentDesk.may(role, ConsentState.GRANTED));
    model.addAttribute("opensEvidence", Room.EVIDENCE.roles().contains(role));
    return "consents";
  }

  @PostMapping("/customers/{ref}/consents")
  String say(
      @PathVariable String ref,
      @RequestParam Purpose purpose,
      @RequestParam Channel channel,
      @RequestParam ConsentState state,
      @RequestParam(defaultValue = "") String textVersion,
      @RequestParam(defaultValue = "") String paper,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    CustomerProfile customer = find(ref, staff);
    next.addAttribute("ref", customer.ref());
    try {
      desk.say(
          new ConsentDesk.Word(customer.ref(), purpose, channel, state, textVersion, paper, reason),
          staff.member(),
          staff.scope());
      next.addFlashAttribute(
          "said", state == ConsentState.GRANTED ? "consents.granted" : "consents.refused");
    } catch (ConsentRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/customers/{ref}/consents";
  }

  private CustomerProfile find(String ref, CurrentStaff staff) {
    return customers
        .find(ref, staff.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static Row row(
      Purpose purpose, ConsentMatrix matrix, Map<String, Long> proofs, Instant now) {
    return new Row(
        purpose.code(),
        Stream.of(Channel.values())
            .map(
                channel -> {
                  Consent word = matrix.cell(purpose, channel).orElse(null);
                  return new Cell(
                      matrix.state(purpose, channel, now).name().toLowerCase(Locale.ROOT),
                      word,
                      word == null ? null : proofs.get(key(word)));
                })
            .toList());
  }

  /** The number of the evidence row by what it proves. */
  private Map<String, Long> proofs(long customerId) {
    Map<String, Long> proofs = new HashMap<>();
    for (EvidenceRow row : evidence.ofCustomer(customerId)) {
      if (row.kind() == EvidenceKind.CONSENT_CHANGED) {
        proofs.put(
            String.join(
                "|",
                String.valueOf(row.facts().get("purpose")),
                String.valueOf(row.facts().get("channel")),
                String.valueOf(row.facts().get("state")),
                String.valueOf(row.facts().get("at"))),
            row.id());
      }
    }
    return proofs;
  }

  private static String key(Consent word) {
    return String.join(
        "|",
        word.purpose().code(),
        word.channel().code(),
        word.state().name(),
        word.at().toString());
  }

  /** A purpose on every channel. */
  public record Row(String purpose, List<Cell> cells) {}

  /**
   * A purpose on a channel.
   *
   * @param state {@code granted}, {@code refused} or {@code unknown}, which means no
   * @param word null when nothing was ever said
   * @param proof number of the evidence; null when it stands under another record
   */
  public record Cell(String state, @Nullable Consent word, @Nullable Long proof) {}

  /** A line of the history and the number of its evidence. */
  public record Line(Consents.Said said, @Nullable Long proof) {}
}
