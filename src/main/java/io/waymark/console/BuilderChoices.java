package io.waymark.console;

import io.waymark.content.TemplateFilter;
import io.waymark.content.Templates;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.EventProperty;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.segment.Audiences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the builder of audience rules offers: its forms, their fields, and what may stand there. */
@Component
class BuilderChoices {

  private static final int MOST_TEMPLATES = 500;
  private static final List<String> WINDOW = List.of("window", "length", "from", "to");

  /** The fields of each kind of condition, in order; the window's come last. */
  private static final Map<String, List<String>> FORMS = forms();

  private static final List<String> WORDS =
      List.of(
          "all",
          "any",
          "not",
          "unknown",
          "add",
          "add_group",
          "remove",
          "negate",
          "ask_unknown",
          "unwrap",
          "empty",
          "count",
          "unknown_count",
          "unknown_late",
          "sample",
          "counting",
          "nobody",
          "failed",
          "choose",
          "properties",
          "locate",
          "unreadable",
          "is_text");

  private final TagRegistry tags;
  private final EventTypes events;
  private final Audiences audiences;
  private final JourneyNames journeys;
  private final Templates templates;
  private final Words words;

  BuilderChoices(
      TagRegistry tags,
      EventTypes events,
      Audiences audiences,
      JourneyNames journeys,
      Templates templates,
      Words words) {
    this.tags = tags;
    this.events = events;
    this.audiences = audiences;
    this.journeys = journeys;
    this.templates = templates;
    this.words = words;
  }

  /**
   * One thing that may be chosen.
   *
   * @param hint what it means or holds; empty when the title says all
   * @param values the only values of a tag; empty for any
   */
  record Choice(String code, String title, String hint, List<String> values) {
    Choice(String code, String title) {
      this(code, title, "", List.of());
    }
  }

  /** One kind of condition and its fields. */
  record Form(String kind, String title, List<Field> fields) {}

  /** One field of a form. */
  record Field(String name, String title) {}

  /**
   * All of it.
   *
   * @param choices by the field they belong to; a field without any is typed
   * @param words of the builder itself, by key
   */
  record Offer(List<Form> forms, Map<String, List<Choice>> choices, Map<String, String> words) {}

  Offer offer() {
    Map<String, String> said =
        WORDS.stream().collect(Collectors.toMap(word -> word, word -> words.of("builder." + word)));
    return new Offer(
        FORMS.entrySet().stream().map(form -> form(form.getKey(), form.getValue())).toList(),
        choices(),
        said);
  }

  private Form form(String kind, List<String> fields) {
    return new Form(
        kind,
        words.of("builder.kind." + kind),
        fields.stream().map(one -> new Field(one, words.of("builder.field." + one))).toList());
  }

  private Map<String, List<Choice>> choices() {
    Map<String, List<Choice>> all = new LinkedHashMap<>();
    all.put("tag", tags.all().stream().map(BuilderChoices::choice).toList());
    List<Choice> types = events.all().stream().map(BuilderChoices::choice).toList();
    List.of("event", "event2", "event3").forEach(field -> all.put(field, types));
    all.put(
        "audience",
        audiences.all().stream().map(one -> new Choice(one.code(), one.name())).toList());
    all.put(
        "journey",
        journeys.byKey().entrySet().stream()
            .map(one -> new Choice(one.getKey(), one.getValue()))
            .toList());
    all.put("template", templates());
    all.put("sign", named("sign", ">=", "<=", ">", "<", "=", "!="));
    all.put("among", named("among", "in", "not in"));
    all.put("equal", named("equal", "=", "!="));
    all.put("measure", named("measure", "sum", "avg", "max", "min"));
    all.put("which", named("which", "last", "first"));
    all.put("step", named("step", "entered", "left", "reached"));
    all.put("unit", named("unit", "days", "hours", "minutes"));
    all.put("days", named("streak", "days", "trading days"));
    all.put(
        "window",
        named(
            "window",
            "",
            "days",
            "trading days",
            "hours",
            "minutes",
            "today",
            "yesterday",
            "this week",
            "last week",
            "this month",
            "last month",
            "this quarter",
            "last quarter",
            "this year",
            "last year",
            "dates"));
    all.put("purpose", coded("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    all.put("channel", coded("channel", Stream.of(Channel.values()).map(Channel::code)));
    all.put("class", coded("class", Stream.of(CustomerClass.values()).map(BuilderChoices::lower)));
    all.put("status", coded("legal", Stream.of(LegalStatus.values()).map(BuilderChoices::lower)));
    all.put(
        "level",
        Stream.of(RiskTolerance.values())
            .map(one -> new Choice(one.name(), one.name() + " " + words.of("risk." + lower(one))))
            .toList());
    return all;
  }

  private List<Choice> templates() {
    return templates.page(TemplateFilter.everything(), 0, MOST_TEMPLATES).stream()
        .map(one -> one.metadata())
        .map(one -> new Choice(one.code(), one.title()))
        .distinct()
        .toList();
  }

  private static Choice choice(TagDefinition tag) {
    return new Choice(tag.code(), tag.name(), tag.meaning(), tag.allowed());
  }

  private static Choice choice(EventType type) {
    return new Choice(
        type.code(),
        type.name(),
        type.properties().stream().map(EventProperty::name).collect(Collectors.joining("、")),
        List.of());
  }

  private List<Choice> named(String family, String... codes) {
    return Stream.of(codes)
        .map(code -> new Choice(code, words.of("builder." + family + "." + key(code))))
        .toList();
  }

  /** Signs and blanks cannot stand in the key of a text. */
  private static String key(String code) {
    return switch (code) {
      case "" -> "always";
      case ">=" -> "at_least";
      case "<=" -> "at_most";
      case ">" -> "above";
      case "<" -> "below";
      case "=" -> "equal";
      case "!=" -> "unequal";
      default -> code.replace(' ', '_');
    };
  }

  private List<Choice> coded(String family, Stream<String> codes) {
    return words.options(family, codes).stream()
        .map(one -> new Choice(one.code(), one.title()))
        .toList();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> forms() {
    Map<String, List<String>> forms = new LinkedHashMap<>();
    forms.put("tag_number", List.of("tag", "sign", "number"));
    forms.put("tag_text", List.of("tag", "among", "values"));
    forms.put("tag_between", List.of("tag", "least", "most"));
    forms.put("tag_known", List.of("tag"));
    forms.put("tag_age", List.of("tag", "sign", "count", "unit"));
    forms.put("event_exists", windowed("event", "where"));
    forms.put("event_never", windowed("event", "where"));
    forms.put("event_count", windowed("event", "where", "sign", "count"));
    forms.put(
        "event_measured", windowed("event", "where", "measure", "property", "sign", "number"));
    forms.put("event_occurrence", windowed("event", "where", "which"));
    forms.put("event_streak", windowed("event", "where", "count", "days"));
    forms.put(
        "event_followed",
        windowed("event", "where", "event2", "where2", "count", "unit", "event3", "where3"));
    forms.put("event_never_since", List.of("event", "where", "event2", "where2"));
    forms.put("age", List.of("sign", "count"));
    forms.put("branch", List.of("among", "values"));
    forms.put("advisor", List.of("among", "values"));
    forms.put("class", List.of("equal", "class"));
    forms.put("status", List.of("equal", "status"));
    forms.put("consent", List.of("purpose", "channel"));
    forms.put("risk", List.of("sign", "level"));
    forms.put("assessment", List.of());
    forms.put("fits", List.of("product"));
    forms.put("holds_product", List.of("product"));
    forms.put("holds_type", List.of("type"));
    forms.put("journey", windowed("journey", "step"));
    forms.put("received", windowed("template"));
    forms.put("audience", List.of("audience"));
    forms.put("text", List.of("text"));
    return forms;
  }

  private static List<String> windowed(String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.addAll(WINDOW);
    return List.copyOf(all);
  }
}
