package io.waymark.console;

import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.engine.campaign.CampaignForms;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.ProductFilter;
import io.waymark.product.Products;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a campaign can be made of, and the names of what it was made of. */
@Component
class CampaignChoices {

  private static final int MOST = 500;

  private final Audiences audiences;
  private final Templates templates;
  private final Products products;
  private final EventTypes events;
  private final CampaignForms forms;
  private final Words words;
  private final Clock clock;

  CampaignChoices(
      Audiences audiences,
      Templates templates,
      Products products,
      EventTypes events,
      CampaignForms forms,
      Words words,
      Clock clock) {
    this.audiences = audiences;
    this.templates = templates;
    this.products = products;
    this.events = events;
    this.forms = forms;
    this.words = words;
    this.clock = clock;
  }

  void describe(Model model) {
    model.addAttribute(
        "audiences",
        audiences.all().stream().map(one -> new Option(one.code(), one.name())).toList());
    model.addAttribute(
        "products",
        products.page(ProductFilter.any(), 0, MOST).stream()
            .filter(Product::onSale)
            .map(one -> new Option(one.code(), one.name() + " " + one.risk()))
            .toList());
    List<TemplateVersion> approved =
        templates.page(new TemplateFilter(TemplateStatus.APPROVED, null, null), 0, MOST);
    model.addAttribute(
        "talkTracks",
        options(approved.stream().filter(one -> one.metadata().channel() == Channel.PHONE)));
    model.addAttribute(
        "texts",
        options(
            approved.stream()
                .filter(one -> one.metadata().channel() != Channel.PHONE)
                .filter(one -> one.metadata().channel() != Channel.WEBHOOK)));
    model.addAttribute(
        "surveys",
        options(
            approved.stream()
                .filter(one -> one.metadata().channel() != Channel.PHONE)
                .filter(one -> one.metadata().purpose() == Purpose.SERVICE)
                .filter(one -> one.code().contains("survey"))));
    model.addAttribute(
        "forms", forms.all().stream().map(one -> new Option(one.code(), one.title())).toList());
    model.addAttribute(
        "qualifications", words.options("qualification", Stream.of("advisory", "margin")));
    model.addAttribute("ownKinds", words.options("campaign.own", Stream.of("true", "false")));
    model.addAttribute("dayKinds", words.options("campaign.days", Stream.of("trading", "working")));
    model.addAttribute(
        "events", events.all().stream().map(one -> new Option(one.code(), one.name())).toList());
  }

  private List<Option> options(Stream<TemplateVersion> texts) {
    return texts
        .map(
            one ->
                new Option(
                    one.code(),
                    one.metadata().title()
                        + " · "
                        + words.of("channel." + one.metadata().channel().code())))
        .distinct()
        .toList();
  }

  /** Code of the purpose an approved text was written for; empty when there is none. */
  String purposeOf(String template) {
    return templates
        .approved(template, clock.instant())
        .map(one -> one.metadata().purpose().code())
        .orElse("");
  }

  Map<String, String> names(CampaignTerms terms) {
    Map<String, String> names = new HashMap<>();
    audiences.find(terms.audience()).map(Audience::name).ifPresent(n -> names.put("audience", n));
    Stream.of(Optional.ofNullable(terms.product()))
        .flatMap(Optional::stream)
        .flatMap(code -> products.find(code).stream())
        .forEach(one -> names.put("product", one.name()));
    Stream.of(Optional.ofNullable(terms.goal()))
        .flatMap(Optional::stream)
        .flatMap(code -> events.find(code).stream())
        .map(EventType::name)
        .forEach(name -> names.put("goal", name));
    names.put("form", formTitle(terms.form()));
    names.putAll(
        templates
            .latestAll(
                Stream.concat(
                        Stream.of(terms.talkTrack()),
                        Stream.concat(
                            terms.materials().stream(),
                            Optional.ofNullable(terms.survey()).stream()))
                    .collect(Collectors.toSet()))
            .entrySet()
            .stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, one -> one.getValue().metadata().title())));
    return names;
  }

  private String formTitle(String code) {
    return forms.all().stream()
        .filter(one -> one.code().equals(code))
        .map(CampaignForms.Choice::title)
        .findFirst()
        .orElse(code);
  }
}
