package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.SuppressionEntry;
import io.waymark.contact.SuppressionList;
import io.waymark.contact.SuppressionLists;
import io.waymark.customer.Customers;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Named lists of whom not to market to: what they mean, who is on them, files in, people off. */
@ConsolePage
class SuppressionsPage {

  private static final int PROBLEMS_SHOWN = 200;

  private final SuppressionLists lists;
  private final Customers customers;
  private final Words words;

  SuppressionsPage(SuppressionLists lists, Customers customers, Words words) {
    this.lists = lists;
    this.customers = customers;
    this.words = words;
  }

  @GetMapping("/suppressions")
  String all(CurrentStaff staff, Model model) {
    Map<String, Long> sizes = lists.sizes(staff.scope());
    model.addAttribute(
        "lists",
        lists.all().stream()
            .map(list -> new Sized(list, sizes.getOrDefault(list.code(), 0L)))
            .toList());
    model.addAttribute("channels", words.channels());
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", new SuppressionList("", "", "", Set.of()));
    }
    return "suppressions";
  }

  @PostMapping("/suppressions")
  String save(
      @RequestParam String code,
      @RequestParam String name,
      @RequestParam String meaning,
      @RequestParam(required = false, defaultValue = "") List<String> channel,
      @RequestParam(defaultValue = "true") boolean fresh,
      CurrentStaff staff,
      RedirectAttributes next) {
    SuppressionList list =
        new SuppressionList(code.strip(), name.strip(), meaning.strip(), channels(channel));
    try {
      if (fresh && lists.all().stream().anyMatch(one -> one.code().equals(list.code()))) {
        throw new IllegalArgumentException(words.of("suppressions.taken", list.code()));
      }
      lists.save(list, staff.username());
      next.addFlashAttribute("said", "suppressions.saved");
      next.addAttribute("code", list.code());
      return "redirect:/suppressions/{code}";
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      next.addFlashAttribute("form", list);
      return "redirect:/suppressions";
    }
  }

  private static Set<Channel> channels(List<String> codes) {
    return Stream.of(Channel.values())
        .filter(one -> codes.contains(one.code()))
        .collect(Collectors.toSet());
  }

  @GetMapping("/suppressions/{code}")
  String one(
      @PathVariable String code,
      @RequestParam(defaultValue = "") String customer,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    SuppressionList list = find(code);
    Long wanted =
        customer.isBlank()
            ? null
            : customers.idsOf(List.of(customer.strip())).getOrDefault(customer.strip(), -1L);
    ListPage<SuppressionEntry> found =
        ListPage.read(
            page, offset -> lists.entries(code, wanted, staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(
            found.rows().stream().map(SuppressionEntry::customerId).distinct().toList());
    model.addAttribute("list", list);
    model.addAttribute("customer", customer);
    model.addAttribute("size", lists.sizes(staff.scope()).getOrDefault(code, 0L));
    model.addAttribute("channels", words.channels());
    model.addAttribute(
        "chosen", list.channels().stream().map(Channel::code).collect(Collectors.toSet()));
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(one -> new Line(one, refs.getOrDefault(one.customerId(), "")))
                .toList()));
    return "suppression";
  }

  @PostMapping("/suppressions/{code}/import")
  String load(
      @PathVariable String code,
      @RequestParam MultipartFile file,
      CurrentStaff staff,
      RedirectAttributes next)
      throws IOException {
    find(code);
    try {
      BatchReport report =
          lists.importCsv(code, new StringReader(text(file)), staff.scope(), staff.username());
      next.addFlashAttribute("report", report);
      next.addFlashAttribute("problems", report.problems().stream().limit(PROBLEMS_SHOWN).toList());
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("code", code);
    return "redirect:/suppressions/{code}";
  }

  /** Files of spreadsheets begin with a byte order mark. */
  private String text(MultipartFile file) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.getBytes())).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(words.of("suppressions.not_utf8"), e);
    }
  }

  @PostMapping("/suppressions/{code}/{entry}/release")
  String release(
      @PathVariable String code,
      @PathVariable long entry,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    find(code);
    try {
      boolean released = lists.release(entry, reason, staff.scope(), staff.username());
      next.addFlashAttribute(
          released ? "said" : "refused",
          released ? "suppressions.released" : words.of("suppressions.gone"));
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("code", code);
    return "redirect:/suppressions/{code}";
  }

  private SuppressionList find(String code) {
    return lists.all().stream()
        .filter(list -> list.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** A list and how many are on it now. */
  public record Sized(SuppressionList list, long customers) {}

  /** One customer on a list. */
  public record Line(SuppressionEntry entry, String customer) {}
}
