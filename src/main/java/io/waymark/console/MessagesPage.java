package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.MessageFilter;
import io.waymark.contact.MessageRecord;
import io.waymark.contact.MessageTally;
import io.waymark.contact.Messages;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.Customers;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What was sent, what was withheld and why; and one message with its verdict and frozen text. */
@ConsolePage
class MessagesPage {

  private static final List<String> STATUSES =
      List.of("waiting", "sending", "sent", "delivered", "failed", "withheld", "unknown");

  private static final int REASONS_SHOWN = 6;

  /** Reasons that are delivery's own, neither a gate's nor a provider's. */
  private static final Set<String> OWN = Set.of("retry", "parked", "no_answer", "receipt_timeout");

  /** Before the kind of a problem that a person ended a message for. */
  private static final String INTERNAL = "internal_";

  private final Messages messages;
  private final ContactChecks checks;
  private final Customers customers;
  private final JourneyNames journeys;
  private final Words words;
  private final Moments moments;

  MessagesPage(
      Messages messages,
      ContactChecks checks,
      Customers customers,
      JourneyNames journeys,
      Words words,
      Moments moments) {
    this.messages = messages;
    this.checks = checks;
    this.customers = customers;
    this.journeys = journeys;
    this.words = words;
    this.moments = moments;
  }

  @GetMapping("/messages")
  String list(
      @ModelAttribute("wanted") Wanted wanted,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    MessageFilter filter = filter(wanted);
    ListPage<MessageRecord> found =
        ListPage.read(
            page, offset -> messages.page(filter, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(MessageRecord::customerId).distinct().toList());
    Map<String, String> names = journeys.byKey();
    model.addAttribute(
        "page", found.with(found.rows().stream().map(one -> line(one, refs, names)).toList()));
    model.addAttribute("channels", words.channels());
    model.addAttribute("statuses", words.options("message", STATUSES.stream()));
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    model.addAttribute(
        "reasons",
        Stream.of(WithheldReason.values())
            .map(reason -> new Option(reason.code(), reason.message()))
            .toList());
    model.addAttribute(
        "journeys",
        names.entrySet().stream().map(one -> new Option(one.getKey(), one.getValue())).toList());
    count(filter, wanted, staff, model);
    return "messages";
  }

  private MessageFilter filter(Wanted wanted) {
    return new MessageFilter(
        wanted.customer().isBlank() ? null : customer(wanted.customer().strip()),
        null,
        named(Channel.values(), Channel::code, wanted.channel()),
        STATUSES.contains(wanted.status()) ? wanted.status() : null,
        wanted.template().isBlank() ? null : wanted.template().strip(),
        wanted.journey().isBlank() ? null : wanted.journey(),
        named(Purpose.values(), Purpose::code, wanted.purpose()),
        wanted.reason().isBlank() ? null : wanted.reason(),
        wanted.from() == null ? null : start(wanted.from()),
        wanted.to() == null ? null : start(wanted.to().plusDays(1)));
  }

  /** Who is not known has no messages. */
  private long customer(String ref) {
    return customers.idsOf(List.of(ref)).getOrDefault(ref, -1L);
  }

  /** Counts by status and by reason; of one day where no day was chosen, since all are counted. */
  private void count(MessageFilter filter, Wanted wanted, CurrentStaff staff, Model model) {
    LocalDate from = wanted.from();
    LocalDate to = wanted.to();
    LocalDate first = from != null ? from : to != null ? to : moments.today();
    MessageFilter span =
        new MessageFilter(
            filter.customerId(),
            null,
            filter.channel(),
            filter.status(),
            filter.template(),
            filter.journeyKey(),
            filter.purpose(),
            filter.reason(),
            start(first),
            filter.to());
    Map<String, Long> byStatus = new LinkedHashMap<>();
    Map<String, Long> byReason = new LinkedHashMap<>();
    for (MessageTally one : messages.tally(span, staff.scope())) {
      byStatus.merge(one.status(), one.messages(), Long::sum);
      if (one.reason() != null) {
        byReason.merge(one.reason(), one.messages(), Long::sum);
      }
    }
    model.addAttribute("counted", byStatus);
    model.addAttribute(
        "reasonsCounted",
        byReason.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(REASONS_SHOWN)
            .map(one -> new Counted(one.getKey(), said(one.getKey()), one.getValue()))
            .toList());
    model.addAttribute(
        "span",
        from == null && to == null
            ? words.of("messages.span.today")
            : words.of(
                to == null || first.equals(to) ? "messages.span.day" : "messages.span",
                first,
                to == null ? moments.today() : to));
  }

  @GetMapping("/messages/{id}")
  String show(@PathVariable UUID id, CurrentStaff staff, Model model) {
    MessageRecord message =
        Optional.of(id)
            .filter(one -> one.version() == 7)
            .flatMap(one -> messages.find(one, staff.scope()))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<Long, String> refs = customers.refsOf(List.of(message.customerId()));
    model.addAttribute("line", line(message, refs, journeys.byKey()));
    model.addAttribute("occasions", checks.occasions(messages.verdicts(id, staff.scope())));
    // The text calls the customer by name: for whoever answers for what was said, nobody else.
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    model.addAttribute("officer", officer);
    model.addAttribute("text", officer ? messages.text(id, staff.scope()).orElse("") : "");
    return "message";
  }

  private Line line(MessageRecord message, Map<Long, String> refs, Map<String, String> names) {
    return new Line(
        message,
        refs.getOrDefault(message.customerId(), ""),
        names.getOrDefault(message.journeyKey(), message.journeyKey()),
        said(message.reason()));
  }

  /** What delivery itself says of a message, in words; what a gate or a provider said otherwise. */
  private String said(@Nullable String code) {
    if (code != null && code.startsWith(INTERNAL)) {
      return words.of("message.said.internal", code.substring(INTERNAL.length()));
    }
    return code != null && OWN.contains(code) ? words.of("message.said." + code) : reason(code);
  }

  /** The sentence of a withheld reason; a provider's own words are shown as they are. */
  static String reason(@Nullable String code) {
    if (code == null) {
      return "";
    }
    return Stream.of(WithheldReason.values())
        .filter(reason -> reason.code().equals(code))
        .map(WithheldReason::message)
        .findFirst()
        .orElse(code);
  }

  private static <T> @Nullable T named(T[] all, Function<T, String> code, String wanted) {
    return Stream.of(all).filter(one -> code.apply(one).equals(wanted)).findFirst().orElse(null);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }

  /** One line of the log: the message, whose it is, and why it stands where it stands. */
  public record Line(MessageRecord message, String customer, String journey, String reason) {}

  /** How often a reason occurred. */
  public record Counted(String code, String sentence, long messages) {}

  /**
   * What is looked for; empty means anything.
   *
   * @param customer 客户号
   * @param from first day; null for no limit
   * @param to last day; null for no limit
   */
  public record Wanted(
      String customer,
      String channel,
      String status,
      String reason,
      String purpose,
      String template,
      String journey,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {

    public Wanted {
      customer = Objects.requireNonNullElse(customer, "");
      channel = Objects.requireNonNullElse(channel, "");
      status = Objects.requireNonNullElse(status, "");
      reason = Objects.requireNonNullElse(reason, "");
      purpose = Objects.requireNonNullElse(purpose, "");
      template = Objects.requireNonNullElse(template, "");
      journey = Objects.requireNonNullElse(journey, "");
    }
  }
}
