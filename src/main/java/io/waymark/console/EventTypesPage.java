package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.event.EventProperty;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypeRefusedException;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.event.PropertyType;
import io.waymark.customer.intake.IntakeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The types of events: what is declared, and what comes in undeclared. */
@ConsolePage
class EventTypesPage {

  private static final int MOST_UNDECLARED = 100;

  /** Empty lines a form offers for further properties. */
  private static final int SPARE = 3;

  private final EventTypes types;
  private final IntakeFigures figures;
  private final Words words;

  EventTypesPage(EventTypes types, IntakeFigures figures, Words words) {
    this.types = types;
    this.figures = figures;
    this.words = words;
  }

  /** A property as a form shows it. */
  public record PropertyLine(
      String name, String type, boolean required, String allowed, boolean personal) {

    static PropertyLine of(EventProperty property) {
      return new PropertyLine(
          property.name(),
          property.type().code(),
          property.required(),
          String.join("、", property.allowed()),
          property.personal());
    }
  }

  @GetMapping("/event-types")
  String list(@RequestParam(defaultValue = "") String text, Model model) {
    String word = text.strip();
    model.addAttribute("text", text);
    model.addAttribute(
        "types",
        types.all().stream()
            .filter(
                type -> word.isEmpty() || type.code().contains(word) || type.name().contains(word))
            .toList());
    model.addAttribute("undeclared", figures.undeclared(MOST_UNDECLARED));
    return "event-types";
  }

  @GetMapping("/event-types/new")
  String blank(@RequestParam(defaultValue = "") String code, Model model) {
    return show(new EventType(code, "", "", "", null, List.of()), true, model);
  }

  @GetMapping("/event-types/{code}")
  String one(@PathVariable String code, Model model) {
    return show(
        types.find(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)),
        false,
        model);
  }

  @PostMapping("/event-types")
  String save(
      @RequestParam MultiValueMap<String, String> form,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    boolean fresh = form.containsKey("fresh");
    EventType type =
        new EventType(
            first(form, "code"),
            first(form, "name"),
            first(form, "meaning"),
            first(form, "source"),
            days(first(form, "retentionDays")),
            properties(form));
    try {
      if (fresh && types.find(type.code()).isPresent()) {
        throw new IllegalArgumentException(words.of("event_types.exists", type.code()));
      }
      types.save(type, staff.username());
    } catch (EventTypeRefusedException | IllegalArgumentException refused) {
      model.addAttribute("refused", refused.getMessage());
      return show(type, fresh, model);
    }
    next.addFlashAttribute("said", "event_types.saved");
    next.addAttribute("code", type.code());
    return "redirect:/event-types/{code}";
  }

  private static List<EventProperty> properties(MultiValueMap<String, String> form) {
    List<EventProperty> properties = new ArrayList<>();
    for (int i = 0; form.containsKey("name" + i); i++) {
      String name = first(form, "name" + i);
      if (!name.isEmpty()) {
        properties.add(
            new EventProperty(
                name,
                PropertyType.valueOf(first(form, "type" + i).toUpperCase(Locale.ROOT)),
                form.containsKey("required" + i),
                Stream.of(first(form, "allowed" + i).split("[,，、\\s]+"))
                    .filter(word -> !word.isBlank())
                    .distinct()
                    .toList(),
                form.containsKey("personal" + i)));
      }
    }
    return properties;
  }

  /** Nothing for what is no number: the registry refuses 0 and says why. */
  private static @Nullable Integer days(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return text.matches("\\d{1,5}") ? Integer.valueOf(text) : Integer.valueOf(0);
  }

  private static String first(MultiValueMap<String, String> form, String name) {
    String value = form.getFirst(name);
    return value == null ? "" : value.strip();
  }

  private String show(EventType type, boolean fresh, Model model) {
    List<PropertyLine> lines =
        new ArrayList<>(type.properties().stream().map(PropertyLine::of).toList());
    for (int i = 0; i < SPARE; i++) {
      lines.add(new PropertyLine("", "text", false, "", false));
    }
    model.addAttribute("type", type);
    model.addAttribute("lines", lines);
    model.addAttribute("fresh", fresh);
    model.addAttribute(
        "kinds",
        words.options("property.type", Stream.of(PropertyType.values()).map(PropertyType::code)));
    return "event-type";
  }
}
