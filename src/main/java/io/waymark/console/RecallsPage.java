package io.waymark.console;

import io.waymark.compliance.recall.PhraseHits;
import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallRefusedException;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.ReachedMessage;
import io.waymark.contact.ReachedMessages;
import io.waymark.content.Templates;
import io.waymark.customer.Customers;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Channel;
import io.waymark.product.Products;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Stopping something everywhere, how far that is, who had been reached, and lifting it. */
@ConsolePage
class RecallsPage {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Recalls recalls;
  private final ReachedMessages reached;
  private final PhraseHits hits;
  private final Templates templates;
  private final Products products;
  private final JourneyVersions journeys;
  private final Customers customers;
  private final Words words;
  private final Moments moments;

  RecallsPage(
      Recalls recalls,
      ReachedMessages reached,
      PhraseHits hits,
      Templates templates,
      Products products,
      JourneyVersions journeys,
      Customers customers,
      Words words,
      Moments moments) {
    this.recalls = recalls;
    this.reached = reached;
    this.hits = hits;
    this.templates = templates;
    this.products = products;
    this.journeys = journeys;
    this.customers = customers;
    this.words = words;
    this.moments = moments;
  }

  @GetMapping("/recalls")
  String list(
      @RequestParam(defaultValue = "") String standing,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String target,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    boolean only = standing.equals("yes");
    model.addAttribute(
        "page", ListPage.read(page, offset -> recalls.page(only, offset, ListPage.SIZE + 1)));
    model.addAttribute("standing", standing);
    model.addAttribute("choices", List.of(new Option("yes", words.of("recalls.standing"))));
    model.addAttribute(
        "kinds",
        words.options("recall.kind", Stream.of(RecallKind.values()).map(RecallKind::code)));
    if (!model.containsAttribute("kind")) {
      model.addAttribute("kind", kind);
      model.addAttribute("target", target);
      model.addAttribute("reason", "");
    }
    return "recalls";
  }

  @PostMapping("/recalls")
  String stop(
      @RequestParam String kind,
      @RequestParam String target,
      @RequestParam String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    try {
      RecallTarget wanted = new RecallTarget(RecallKind.of(kind), target.strip());
      if (!known(wanted)) {
        throw new RecallRefusedException(words.of("recall.unknown", wanted.value()));
      }
      Recall recall = recalls.stop(wanted, reason, staff.username());
      next.addFlashAttribute("said", "recall.started");
      return "redirect:/recalls/" + recall.id();
    } catch (RecallRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("kind", kind);
      next.addFlashAttribute("target", target);
      next.addFlashAttribute("reason", reason);
      return "redirect:/recalls";
    }
  }

  /** A recall of something that does not exist would only look as if something had been stopped. */
  private boolean known(RecallTarget target) {
    return switch (target.kind()) {
      case TEMPLATE -> !templates.versionsOf(target.value()).isEmpty();
      case PRODUCT -> products.find(target.value()).isPresent();
      case JOURNEY -> !journeys.of(target.value()).isEmpty();
      case CHANNEL ->
          Stream.of(Channel.values()).anyMatch(one -> one.code().equals(target.value()));
      case PHRASE -> true;
    };
  }

  @GetMapping("/recalls/{id}")
  String show(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    Recall recall = find(id);
    ListPage<ReachedMessage> found =
        ListPage.read(page, offset -> reached.page(id, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(ReachedMessage::customerId).distinct().toList());
    boolean proposed = recall.liftProposedBy() != null;
    model.addAttribute("recall", recall);
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(one -> new Line(one, refs.getOrDefault(one.customerId(), "")))
                .toList()));
    model.addAttribute("inScope", reached.count(id, staff.scope()));
    model.addAttribute("proposed", proposed && recall.standing());
    model.addAttribute(
        "own", proposed && staff.username().equalsIgnoreCase(recall.liftProposedBy()));
    model.addAttribute(
        "hits",
        recall.target().kind() == RecallKind.PHRASE ? hits.of(recall.target().value()) : List.of());
    return "recall";
  }

  @PostMapping("/recalls/{id}/lift")
  String propose(
      @PathVariable long id,
      @RequestParam String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    return done(
        id, () -> recalls.proposeLift(id, reason, staff.username()), "recall.lift.proposed", next);
  }

  @PostMapping("/recalls/{id}/confirm")
  String confirm(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return done(id, () -> recalls.confirmLift(id, staff.username()), "recall.lifted", next);
  }

  @PostMapping("/recalls/{id}/decline")
  String decline(@PathVariable long id, CurrentStaff staff, RedirectAttributes next) {
    return done(id, () -> recalls.declineLift(id, staff.username()), "recall.lift.declined", next);
  }

  private static String done(long id, Runnable act, String said, RedirectAttributes next) {
    try {
      act.run();
      next.addFlashAttribute("said", said);
    } catch (RecallRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/recalls/" + id;
  }

  /** A POST because it leaves a trace: who took the list out is evidence. */
  @PostMapping("/recalls/{id}/export")
  void export(@PathVariable long id, CurrentStaff staff, HttpServletResponse response)
      throws IOException {
    find(id);
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"recall-" + id + "-reached.csv\"");
    response.setHeader("Cache-Control", "no-store");
    Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    // Without it the spreadsheet most people open this with shows no Chinese.
    out.write(BYTE_ORDER_MARK);
    try (CSVPrinter csv = new CSVPrinter(out, CSVFormat.EXCEL)) {
      csv.printRecord((Object[]) words.of("recall.export.columns").split(","));
      reached.export(id, staff.scope(), staff.username(), chunk -> print(csv, chunk));
    }
  }

  private void print(CSVPrinter csv, List<ReachedMessage> chunk) {
    Map<Long, String> refs =
        customers.refsOf(chunk.stream().map(ReachedMessage::customerId).distinct().toList());
    try {
      for (ReachedMessage one : chunk) {
        csv.printRecord(
            plain(refs.getOrDefault(one.customerId(), "")),
            plain(one.branch()),
            words.of("channel." + one.channel().code()),
            plain(one.template()),
            one.product() == null ? "" : plain(one.product()),
            plain(one.journeyKey()),
            words.of("message." + one.status()),
            moments.second(one.createdAt()),
            one.sentAt() == null ? "" : moments.second(one.sentAt()),
            one.messageId());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A spreadsheet must not take a code for a formula. */
  private static String plain(String value) {
    return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  /** A message that had left and whose it is. */
  public record Line(ReachedMessage message, String customer) {}

  private Recall find(long id) {
    return recalls.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
