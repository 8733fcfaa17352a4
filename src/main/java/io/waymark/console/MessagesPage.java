package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.MessageFilter;
import io.waymark.contact.MessageRecord;
import io.waymark.contact.Messages;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.Customers;
import io.waymark.platform.Channel;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What was sent, what was withheld and why; and one message with its verdict and frozen text. */
@ConsolePage
class MessagesPage {

  private static final List<String> STATUSES =
      List.of("waiting", "sending", "sent", "delivered", "failed", "withheld", "unknown");

  private final Messages messages;
  private final Customers customers;
  private final JourneyNames journeys;
  private final Words words;

  MessagesPage(Messages messages, Customers customers, JourneyNames journeys, Words words) {
    this.messages = messages;
    this.customers = customers;
    this.journeys = journeys;
    this.words = words;
  }

  @GetMapping("/messages")
  String list(
      @RequestParam(defaultValue = "") String channel,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String journey,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    var filter =
        new MessageFilter(
            null,
            null,
            channel(channel),
            STATUSES.contains(status) ? status : null,
            null,
            journey.isBlank() ? null : journey,
            from == null ? null : start(from),
            to == null ? null : start(to.plusDays(1)));
    ListPage<MessageRecord> found =
        ListPage.read(
            page, offset -> messages.page(filter, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(MessageRecord::customerId).distinct().toList());
    Map<String, String> names = journeys.byKey();
    model.addAttribute(
        "page", found.with(found.rows().stream().map(one -> line(one, refs, names)).toList()));
    model.addAttribute("channel", channel);
    model.addAttribute("status", status);
    model.addAttribute("journey", journey);
    model.addAttribute("from", from == null ? "" : from.toString());
    model.addAttribute("to", to == null ? "" : to.toString());
    model.addAttribute("channels", words.channels());
    model.addAttribute("statuses", words.options("message", STATUSES.stream()));
    model.addAttribute(
        "journeys",
        names.entrySet().stream().map(one -> new Option(one.getKey(), one.getValue())).toList());
    return "messages";
  }

  @GetMapping("/messages/{id}")
  String show(@PathVariable UUID id, CurrentStaff staff, Model model) {
    MessageRecord message =
        find(id, staff).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<Long, String> refs = customers.refsOf(List.of(message.customerId()));
    model.addAttribute("line", line(message, refs, journeys.byKey()));
    // The text calls the customer by name: for whoever answers for what was said, nobody else.
    boolean officer = staff.member().role() == Role.COMPLIANCE;
    model.addAttribute("officer", officer);
    model.addAttribute("text", officer ? messages.text(id, staff.scope()).orElse("") : "");
    return "message";
  }

  /** A message id says when it was made (UUID version 7), and the log is read by time. */
  private Optional<MessageRecord> find(UUID id, CurrentStaff staff) {
    if (id.version() != 7) {
      return Optional.empty();
    }
    Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    var around =
        new MessageFilter(
            null, null, null, null, null, null, made, made.plus(Duration.ofMillis(1)));
    // A batch makes many messages in one millisecond.
    for (int offset = 0; ; offset += 500) {
      List<MessageRecord> some = messages.page(around, staff.scope(), offset, 500);
      Optional<MessageRecord> found =
          some.stream().filter(one -> one.messageId().equals(id)).findFirst();
      if (found.isPresent() || some.size() < 500) {
        return found;
      }
    }
  }

  private static Line line(
      MessageRecord message, Map<Long, String> refs, Map<String, String> names) {
    return new Line(
        message,
        refs.getOrDefault(message.customerId(), ""),
        names.getOrDefault(message.journeyKey(), message.journeyKey()),
        reason(message.reason()));
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

  private static @Nullable Channel channel(String code) {
    return Stream.of(Channel.values())
        .filter(channel -> channel.code().equals(code))
        .findFirst()
        .orElse(null);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }

  /** One line of the log: the message, whose it is, and why it stands where it stands. */
  public record Line(MessageRecord message, String customer, String journey, String reason) {}
}
