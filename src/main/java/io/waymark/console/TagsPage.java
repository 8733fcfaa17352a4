package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagCounts;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagQuality;
import io.waymark.customer.tag.TagRefusedException;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Role;
import io.waymark.segment.tagging.RuleTags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/**
 * The tags of the house: what each means, how full and fresh it is. A marketer edits definitions, a
 * compliance officer decides how closely a tag is held.
 */
@ConsolePage
class TagsPage {

  private final TagRegistry registry;
  private final TagCounts counts;
  private final RuleTags ruleTags;
  private final Words words;

  TagsPage(TagRegistry registry, TagCounts counts, RuleTags ruleTags, Words words) {
    this.registry = registry;
    this.counts = counts;
    this.ruleTags = ruleTags;
    this.words = words;
  }

  /** One line of the list; without a definition when nobody declared the tag. */
  public record Line(
      String code, @Nullable TagDefinition definition, @Nullable TagQuality quality) {

    /** Whether no customer has a value. */
    public boolean isUnused() {
      return quality == null || quality.filled() == 0;
    }
  }

  @GetMapping("/tags")
  String list(
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String source,
      @RequestParam(defaultValue = "") String privacy,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    Map<String, TagQuality> quality = counts.last();
    List<Line> lines =
        Stream.concat(
                registry.all().stream()
                    .map(tag -> new Line(tag.code(), tag, quality.get(tag.code()))),
                quality.values().stream()
                    .filter(one -> registry.find(one.tag()).isEmpty())
                    .map(one -> new Line(one.tag(), null, one)))
            .filter(line -> matches(line, text.strip(), source, privacy, state))
            .toList();
    model.addAttribute(
        "page", ListPage.read(page, offset -> lines.stream().skip(offset).limit(26).toList()));
    model.addAttribute("counted", quality.values().stream().findFirst().orElse(null));
    model.addAttribute("text", text);
    model.addAttribute("source", source);
    model.addAttribute("privacy", privacy);
    model.addAttribute("state", state);
    choices(model);
    model.addAttribute(
        "states", words.options("tag.state", Stream.of("unused", "stale", "undeclared")));
    model.addAttribute("mayEdit", staff.member().role() == Role.MARKETER);
    return "tags";
  }

  private static boolean matches(
      Line line, String text, String source, String privacy, String state) {
    TagDefinition tag = line.definition();
    boolean named =
        text.isEmpty()
            || line.code().contains(text.toLowerCase(Locale.ROOT))
            || (tag != null && (tag.name().contains(text) || tag.meaning().contains(text)));
    boolean kept =
        tag == null
            ? source.isEmpty() && privacy.isEmpty()
            : (source.isEmpty() || tag.source().code().equals(source))
                && (privacy.isEmpty() || tag.privacy().code().equals(privacy));
    boolean inState =
        switch (state) {
          case "unused" -> line.isUnused();
          case "stale" -> line.quality() != null && line.quality().stale() > 0;
          case "undeclared" -> tag == null;
          default -> true;
        };
    return named && kept && inState;
  }

  @GetMapping("/tags/new")
  String blank(@RequestParam(defaultValue = "") String code, CurrentStaff staff, Model model) {
    return show(TagForm.blank(code, staff.member().name()), true, staff, model);
  }

  @GetMapping("/tags/{code}")
  String one(@PathVariable String code, CurrentStaff staff, Model model) {
    TagDefinition tag =
        registry.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("tag", tag);
    model.addAttribute("quality", counts.last().get(code));
    ruleTags.inForce(code).ifPresent(on -> model.addAttribute("ruleOn", on));
    ruleTags
        .proposed(code)
        .ifPresent(
            waiting -> {
              model.addAttribute("ruleWaiting", waiting);
              model.addAttribute("ownRule", waiting.author().equalsIgnoreCase(staff.username()));
            });
    return show(TagForm.of(tag), false, staff, model);
  }

  @PostMapping("/tags")
  String save(
      TagForm form,
      @RequestParam(defaultValue = "false") boolean fresh,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    try {
      if (fresh && registry.find(form.code()).isPresent()) {
        throw new IllegalArgumentException(words.of("tags.exists", form.code()));
      }
      Optional<TagDefinition> before = registry.find(form.code());
      registry.save(
          form.definition(before.map(TagDefinition::rule).orElse(null)), staff.username());
    } catch (TagRefusedException | IllegalArgumentException refused) {
      model.addAttribute("refused", refused.getMessage());
      registry
          .find(form.code())
          .filter(tag -> !fresh)
          .ifPresent(tag -> model.addAttribute("tag", tag));
      return show(form, fresh, staff, model);
    }
    next.addFlashAttribute("said", "tags.saved");
    next.addAttribute("code", form.code());
    return "redirect:/tags/{code}";
  }

  @PostMapping("/tags/{code}/privacy")
  String reclassify(
      @PathVariable String code,
      @RequestParam PrivacyClass privacy,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    try {
      registry.reclassify(code, privacy, reason, staff.username());
    } catch (TagRefusedException refused) {
      model.addAttribute("refused", refused.getMessage());
      return one(code, staff, model);
    }
    next.addFlashAttribute("said", "tags.reclassified");
    next.addAttribute("code", code);
    return "redirect:/tags/{code}";
  }

  private String show(TagForm form, boolean fresh, CurrentStaff staff, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("fresh", fresh);
    model.addAttribute("mayEdit", staff.member().role() == Role.MARKETER);
    model.addAttribute("mayReclassify", staff.member().role() == Role.COMPLIANCE);
    choices(model);
    model.addAttribute(
        "types", words.options("tag.type", Stream.of(TagType.values()).map(TagType::code)));
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    return "tag";
  }

  private void choices(Model model) {
    model.addAttribute(
        "sources", words.options("tag.source", Stream.of(TagSource.values()).map(TagSource::code)));
    model.addAttribute(
        "privacies",
        words.options("tag.privacy", Stream.of(PrivacyClass.values()).map(PrivacyClass::code)));
  }
}
