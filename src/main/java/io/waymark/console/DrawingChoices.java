package io.waymark.console;

import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventProperty;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.product.Product;
import io.waymark.product.ProductFilter;
import io.waymark.product.Products;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** What may stand in a step of a drawing, found while its name is typed. */
@ConsolePage
class DrawingChoices {

  private static final int MOST = 30;
  private static final int MOST_TEMPLATES = 200;

  /**
   * Events the house's own journeys know that nobody need declare: their names are in the bundle.
   */
  private static final List<String> KNOWN_EVENTS =
      List.of(
          "account.step_abandoned",
          "account.funded",
          "risk.assessed",
          "course.completed",
          "trade.first",
          "dca.created",
          "dca.deduct_succeeded",
          "margin.course_completed",
          "margin.test_passed",
          "margin.applied",
          "margin.opened",
          "holding.reviewed",
          "complaint.filed",
          "message.settled",
          "message.clicked",
          "message.replied");

  private final Templates templates;
  private final Audiences audiences;
  private final EventTypes events;
  private final Products products;
  private final TagRegistry tags;
  private final Words words;
  private final Clock clock;

  DrawingChoices(
      Templates templates,
      Audiences audiences,
      EventTypes events,
      Products products,
      TagRegistry tags,
      Words words,
      Clock clock) {
    this.templates = templates;
    this.audiences = audiences;
    this.events = events;
    this.products = products;
    this.tags = tags;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One thing that may be chosen.
   *
   * @param hint what it is, in a few words; may be empty
   * @param warning why choosing it leads nowhere yet; empty when it is ready
   * @param values the only values of a tag; empty for any
   */
  record Choice(String code, String title, String hint, String warning, List<String> values) {
    Choice(String code, String title, String hint) {
      this(code, title, hint, "", List.of());
    }
  }

  @GetMapping("/journeys/drawings/-/choices/{kind}")
  @ResponseBody
  List<Choice> find(@PathVariable String kind, @RequestParam(defaultValue = "") String q) {
    String text = q.strip().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "template" -> templates(text);
      case "audience" -> matching(audiences.all().stream().map(this::choice), text);
      case "event" -> matching(events(), text);
      case "tag" -> matching(tags.all().stream().map(DrawingChoices::choice), text);
      case "product" ->
          products.page(new ProductFilter(text, null, null, null), 0, MOST).stream()
              .map(this::choice)
              .toList();
      default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /** Declared types first, then what else the house knows. */
  private Stream<Choice> events() {
    Map<String, Choice> found = new LinkedHashMap<>();
    events.all().forEach(one -> found.put(one.code(), choice(one)));
    KNOWN_EVENTS.forEach(
        code -> found.putIfAbsent(code, new Choice(code, words.of("event." + code), "")));
    return found.values().stream();
  }

  /** Each template once: as approved when one version is, else as its newest version stands. */
  private List<Choice> templates(String text) {
    Map<String, Choice> found = new LinkedHashMap<>();
    TemplateFilter approved = new TemplateFilter(TemplateStatus.APPROVED, null, null, text);
    TemplateFilter any = new TemplateFilter(null, null, null, text);
    Stream.of(approved, any)
        .flatMap(filter -> templates.page(filter, 0, MOST_TEMPLATES).stream())
        .forEach(one -> found.putIfAbsent(one.code(), choice(one)));
    return found.values().stream().limit(MOST).toList();
  }

  private Choice choice(TemplateVersion one) {
    boolean ready =
        one.status() == TemplateStatus.APPROVED
            && (one.expiresAt() == null || one.expiresAt().isAfter(clock.instant()));
    String hint =
        words.of("channel." + one.metadata().channel().code())
            + " · "
            + words.of("purpose." + one.metadata().purpose().code());
    return new Choice(
        one.code(),
        one.metadata().title(),
        hint,
        ready ? "" : words.of("drawing.choice.unapproved"),
        List.of());
  }

  private Choice choice(Audience one) {
    return new Choice(one.code(), one.name(), words.of("purpose." + one.purpose().code()));
  }

  private static Choice choice(EventType one) {
    return new Choice(
        one.code(),
        one.name(),
        one.properties().stream().map(EventProperty::name).collect(Collectors.joining("、")));
  }

  private static Choice choice(TagDefinition one) {
    return new Choice(one.code(), one.name(), one.meaning(), "", one.allowed());
  }

  private Choice choice(Product one) {
    return new Choice(
        one.code(),
        one.name(),
        one.risk().name(),
        one.onSale() ? "" : words.of("drawing.choice.closed"),
        List.of());
  }

  private static List<Choice> matching(Stream<Choice> all, String text) {
    return all.filter(one -> holds(one, text)).limit(MOST).toList();
  }

  private static boolean holds(Choice one, String text) {
    return one.code().toLowerCase(Locale.ROOT).contains(text)
        || one.title().toLowerCase(Locale.ROOT).contains(text);
  }
}
