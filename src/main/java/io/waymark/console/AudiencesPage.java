package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.staff.Role;
import io.waymark.segment.Audience;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.live.KeptAudiences;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.RuleSyntaxException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The audiences: what they select, how many that is now, and why one customer is in or out. */
@ConsolePage
class AudiencesPage {

  private static final String NEW = "new";

  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final KeptAudiences kept;
  private final Customers customers;
  private final AudienceUses uses;
  private final Words words;
  private final Clock clock;

  AudiencesPage(
      Audiences audiences,
      AudienceQuestions questions,
      KeptAudiences kept,
      Customers customers,
      AudienceUses uses,
      Words words,
      Clock clock) {
    this.audiences = audiences;
    this.questions = questions;
    this.kept = kept;
    this.customers = customers;
    this.uses = uses;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/audiences")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String purpose,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    String wanted = q.strip().toLowerCase(Locale.ROOT);
    List<Audience> found =
        audiences.all().stream()
            .filter(one -> purpose.isBlank() || one.purpose().code().equals(purpose))
            .filter(one -> one.code().contains(wanted) || one.name().contains(q.strip()))
            .toList();
    ListPage<Audience> shown =
        ListPage.read(
            page, offset -> found.stream().skip(offset).limit(ListPage.SIZE + 1L).toList());
    Map<String, KeptAudiences.State> states = new HashMap<>();
    shown.rows().forEach(one -> kept.state(one.code()).ifPresent(it -> states.put(one.code(), it)));
    model.addAttribute("page", shown);
    model.addAttribute("states", states);
    model.addAttribute("q", q);
    model.addAttribute("purpose", purpose);
    model.addAttribute("purposes", purposes());
    return "audiences";
  }

  @GetMapping("/audiences/{code}")
  String show(
      @PathVariable String code,
      @RequestParam(defaultValue = "") String customer,
      CurrentStaff staff,
      Model model) {
    if (code.equals(NEW)) {
      model.addAttribute("draft", new AudienceDraft("", "", "", Purpose.SERVICE, null));
      return editor("", staff, model);
    }
    Audience audience =
        audiences.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    if (!model.containsAttribute("draft")) {
      model.addAttribute(
          "draft",
          new AudienceDraft(
              audience.code(),
              audience.name(),
              audience.rule(),
              audience.purpose(),
              audience.schedule(),
              audience.live()));
    }
    if (!customer.isBlank()) {
      explain(code, customer.strip(), staff, model);
    }
    return editor(code, staff, model);
  }

  /** Saves, or only counts what the text would select; a text that is refused stays on screen. */
  @PostMapping("/audiences")
  String save(
      @RequestParam String code,
      @RequestParam String name,
      @RequestParam String rule,
      @RequestParam String purpose,
      @RequestParam(defaultValue = "") String schedule,
      @RequestParam(defaultValue = "false") boolean live,
      @RequestParam(defaultValue = "") String known,
      @RequestParam(defaultValue = "save") String act,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    AudienceDraft draft =
        new AudienceDraft(
            code.strip(),
            name.strip(),
            rule.strip(),
            Purpose.of(purpose),
            schedule.isBlank() ? null : schedule.strip(),
            live);
    model.addAttribute("draft", draft);
    try {
      if (act.equals("count")) {
        model.addAttribute(
            "count", questions.countOfRule(draft.rule(), staff.scope(), clock.instant()));
        return editor(known, staff, model);
      }
      if (staff.member().role() != Role.MARKETER) {
        throw new ResponseStatusException(HttpStatus.FORBIDDEN);
      }
      if (known.isEmpty() && audiences.find(draft.code()).isPresent()) {
        throw new AudienceRefusedException(words.of("audience.taken", draft.code()));
      }
      audiences.save(draft, staff.username());
      next.addFlashAttribute("said", "audience.saved");
      next.addAttribute("code", draft.code());
      return "redirect:/audiences/{code}";
    } catch (RuleSyntaxException | AudienceRefusedException | CalendarUnknownException refused) {
      model.addAttribute("refused", refused.getMessage());
      return editor(known, staff, model);
    }
  }

  private void explain(String code, String customer, CurrentStaff staff, Model model) {
    model.addAttribute("customer", customer);
    customers
        .find(customer, staff.scope())
        .flatMap(
            found ->
                questions.explain(
                    code, found.id(), staff.scope(), staff.member().role(), clock.instant()))
        .ifPresentOrElse(
            told -> model.addAttribute("told", told), () -> model.addAttribute("nobody", true));
  }

  private String editor(String known, CurrentStaff staff, Model model) {
    model.addAttribute("known", known);
    model.addAttribute("writes", staff.member().role() == Role.MARKETER);
    model.addAttribute("purposes", purposes());
    if (!known.isEmpty()) {
      model.addAttribute("uses", uses.of(known));
      model.addAttribute("revisions", audiences.revisions(known));
      kept.state(known).ifPresent(state -> model.addAttribute("state", state));
    }
    return "audience";
  }

  private List<Option> purposes() {
    return words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code));
  }
}
