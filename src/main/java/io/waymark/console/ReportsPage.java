package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.Customers;
import io.waymark.insight.report.ContactReport;
import io.waymark.insight.report.ContactReport.By;
import io.waymark.insight.report.ContactReport.Measure;
import io.waymark.insight.report.HalfYear;
import io.waymark.insight.report.SelfCheck;
import io.waymark.insight.report.SelfChecks;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** What was withheld, complained about and opted out of; and the half-yearly self-check. */
@ConsolePage
class ReportsPage {

  private static final int HALF_YEARS = 6;

  private final ContactReport report;
  private final SelfChecks checks;
  private final Customers customers;
  private final JourneyNames journeys;
  private final Words words;
  private final Moments moments;

  ReportsPage(
      ContactReport report,
      SelfChecks checks,
      Customers customers,
      JourneyNames journeys,
      Words words,
      Moments moments) {
    this.report = report;
    this.checks = checks;
    this.customers = customers;
    this.journeys = journeys;
    this.words = words;
    this.moments = moments;
  }

  @GetMapping("/reports")
  String figures(
      @RequestParam(defaultValue = "withheld") String measure,
      @RequestParam(defaultValue = "reason") String by,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      CurrentStaff staff,
      Model model) {
    Asked asked = asked(measure, by, from, to);
    List<Line> lines =
        report
            .figures(
                asked.measure,
                asked.by,
                start(asked.from),
                start(asked.to.plusDays(1)),
                staff.scope())
            .stream()
            .map(one -> new Line(one, title(asked.by, one.key())))
            .toList();
    fill(model, asked);
    model.addAttribute("lines", lines);
    model.addAttribute(
        "most", lines.stream().mapToLong(one -> one.figure().count()).max().orElse(1));
    model.addAttribute("halves", HalfYear.of(moments.today()).backwards(HALF_YEARS));
    return "reports";
  }

  @GetMapping("/reports/cases")
  String cases(
      @RequestParam(defaultValue = "withheld") String measure,
      @RequestParam(defaultValue = "reason") String by,
      @RequestParam(defaultValue = "") String key,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    Asked asked = asked(measure, by, from, to);
    ListPage<ContactReport.Case> found =
        ListPage.read(
            page,
            offset ->
                report.cases(
                    asked.measure,
                    asked.by,
                    key,
                    start(asked.from),
                    start(asked.to.plusDays(1)),
                    staff.scope(),
                    offset,
                    ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(
            found.rows().stream().map(ContactReport.Case::customerId).distinct().toList());
    fill(model, asked);
    model.addAttribute("keyTitle", title(asked.by, key));
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(
                    one ->
                        new CaseLine(
                            one,
                            refs.getOrDefault(one.customerId(), ""),
                            title(By.REASON, one.reason())))
                .toList()));
    return "report-cases";
  }

  @GetMapping("/reports/self-check/{span}")
  String check(@PathVariable String span, Model model) {
    HalfYear half = half(span);
    model.addAttribute("check", checks.of(half));
    model.addAttribute("over", moments.past(half.to()));
    model.addAttribute("last", half.to().minusSeconds(1));
    if (!model.containsAttribute("remarks")) {
      model.addAttribute("remarks", "");
    }
    return "self-check";
  }

  @PostMapping("/reports/self-check/{span}/sign")
  String sign(
      @PathVariable String span,
      @RequestParam String remarks,
      CurrentStaff staff,
      RedirectAttributes next) {
    HalfYear half = half(span);
    try {
      checks.sign(half, remarks, staff.username());
      next.addFlashAttribute("said", "selfcheck.signed");
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("remarks", remarks);
    }
    return "redirect:/reports/self-check/" + half.code();
  }

  /** The figures and the conclusion as a table for a spreadsheet. */
  @GetMapping("/reports/self-check/{span}/export")
  ResponseEntity<byte[]> export(@PathVariable String span) {
    SelfCheck check = checks.of(half(span));
    StringBuilder csv = new StringBuilder("\uFEFF");
    line(csv, words.of("selfcheck.title", check.span().title()), "");
    check
        .figures()
        .forEach((name, count) -> line(csv, words.of("selfcheck." + name), String.valueOf(count)));
    line(csv, words.of("selfcheck.overrides"), "0");
    line(csv, words.of("selfcheck.trainings"), words.of("selfcheck.not_measured"));
    line(csv, words.of("selfcheck.remarks"), check.remarks() == null ? "" : check.remarks());
    line(
        csv,
        words.of("selfcheck.signed_by"),
        check.signedBy() == null ? words.of("selfcheck.unsigned") : check.signedBy());
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"self-check-" + check.span().code() + ".csv\"")
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .body(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder csv, String name, String value) {
    csv.append('"')
        .append(name.replace("\"", "\"\""))
        .append("\",\"")
        .append(value.replace("\"", "\"\""))
        .append("\"\r\n");
  }

  private void fill(Model model, Asked asked) {
    model.addAttribute("measure", asked.measure.code());
    model.addAttribute("by", asked.by.code());
    model.addAttribute("from", asked.from);
    model.addAttribute("to", asked.to);
    model.addAttribute(
        "measures",
        words.options("report.measure", Stream.of(Measure.values()).map(Measure::code)));
    model.addAttribute("bys", words.options("report.by", Stream.of(By.values()).map(By::code)));
  }

  private record Asked(Measure measure, By by, LocalDate from, LocalDate to) {}

  private Asked asked(String measure, String by, @Nullable LocalDate from, @Nullable LocalDate to) {
    LocalDate end = to == null ? moments.today() : to;
    LocalDate begin = from == null ? end.minusMonths(5).withDayOfMonth(1) : from;
    return new Asked(
        named(Measure.values(), Measure::code, measure, Measure.WITHHELD),
        named(By.values(), By::code, by, By.REASON),
        begin.isAfter(end) ? end : begin,
        end);
  }

  private static <T> T named(T[] values, Function<T, String> code, String wanted, T otherwise) {
    return Stream.of(values)
        .filter(one -> code.apply(one).equals(wanted))
        .findFirst()
        .orElse(otherwise);
  }

  private String title(By by, String key) {
    if (key.isEmpty()) {
      return words.of("word.unknown");
    }
    return switch (by) {
      case REASON ->
          Stream.of(WithheldReason.values())
              .filter(reason -> reason.code().equals(key))
              .map(WithheldReason::message)
              .findFirst()
              .orElse(key);
      case JOURNEY -> journeys.byKey().getOrDefault(key, key);
      case CHANNEL -> words.of("channel." + key);
      default -> key;
    };
  }

  private static HalfYear half(String code) {
    try {
      return HalfYear.of(code);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }

  /** A figure and the words for what it is counted by. */
  public record Line(ContactReport.Figure figure, String title) {}

  /** A case, whose it is, and why. */
  public record CaseLine(ContactReport.Case one, String customer, String reason) {}
}
