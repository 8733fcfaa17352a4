package io.waymark.engine.check;

import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.recall.Recalls;
import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.engine.check.rule.Content;
import io.waymark.engine.check.rule.Content.State;
import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Facts;
import io.waymark.platform.Purpose;
import io.waymark.product.Products;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.AudienceRefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads what the house knows of everything a drawing names, however large the drawing is. */
@Component
class FactsReader {

  private final Templates templates;
  private final Recalls recalls;
  private final Audiences audiences;
  private final ImpactAssessments assessments;
  private final EventTypes events;
  private final TagRegistry tags;
  private final Products products;

  FactsReader(
      Templates templates,
      Recalls recalls,
      Audiences audiences,
      ImpactAssessments assessments,
      EventTypes events,
      TagRegistry tags,
      Products products) {
    this.templates = templates;
    this.recalls = recalls;
    this.audiences = audiences;
    this.assessments = assessments;
    this.events = events;
    this.tags = tags;
    this.products = products;
  }

  Facts read(Drawing drawing, Instant now) {
    return new Facts(
        contents(named(drawing, "template"), now),
        audiences.all().stream().collect(Collectors.toMap(Audience::code, Function.identity())),
        events.byCode().keySet(),
        tags.byCode().keySet(),
        products.findAll(named(drawing, "product")),
        products.offered(pools(drawing)),
        profiling(drawing, now),
        barredTags(drawing));
  }

  private static Set<String> named(Drawing drawing, String setting) {
    return drawing.nodes().stream()
        .map(node -> node.setting(setting))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Set<String> pools(Drawing drawing) {
    return drawing.nodes().stream()
        .flatMap(node -> node.settings("pool").stream())
        .collect(Collectors.toSet());
  }

  private Map<String, Content> contents(Set<String> codes, Instant now) {
    Map<String, TemplateVersion> latest = templates.latestAll(codes);
    Map<String, TemplateVersion> approved = templates.approvedAll(codes, now);
    StandingRecalls recalled = recalls.standing();
    Map<String, Content> contents = new HashMap<>();
    latest.forEach(
        (code, newest) -> {
          TemplateVersion version = approved.getOrDefault(code, newest);
          boolean stopped =
              recalled.stops(code, null, "", version.metadata().channel()).isPresent();
          contents.put(
              code,
              new Content(
                  version.metadata(),
                  stopped ? State.RECALLED : state(version, approved.containsKey(code)),
                  version.expiresAt()));
        });
    return contents;
  }

  private static State state(TemplateVersion version, boolean approved) {
    if (approved) {
      return State.APPROVED;
    }
    return version.status() == TemplateStatus.APPROVED
        ? State.EXPIRED
        : State.valueOf(version.status().name());
  }

  /** Audiences that decide who goes where, with those whose tags are not for this purpose. */
  private Map<String, String> barredTags(Drawing drawing) {
    Optional<Purpose> purpose =
        Stream.of(Purpose.values())
            .filter(one -> one.code().equals(drawing.setting("purpose")))
            .findFirst();
    Map<String, String> sentences = new HashMap<>();
    Stream.concat(
            Stream.of("entryAudience", "entryFilter").map(drawing::setting),
            named(drawing, "audience").stream())
        .filter(code -> !code.isEmpty())
        .distinct()
        .forEach(
            code ->
                purpose
                    .flatMap(one -> barred(code, one))
                    .ifPresent(sentence -> sentences.put(code, sentence)));
    return sentences;
  }

  /** An audience that does not exist is another rule's matter. */
  private Optional<String> barred(String audience, Purpose purpose) {
    try {
      return audiences.barred(audience, purpose);
    } catch (AudienceRefusedException unknown) {
      return Optional.empty();
    }
  }

  private Map<String, String> profiling(Drawing drawing, Instant now) {
    Map<String, String> refusals = new HashMap<>();
    Stream.of("entryAudience", "entryFilter")
        .map(drawing::setting)
        .filter(audience -> !audience.isEmpty())
        .forEach(
            audience ->
                assessments
                    .refusal(audience, now)
                    .ifPresent(refusal -> refusals.put(audience, refusal)));
    return refusals;
  }
}
