package io.waymark.contact;

import io.waymark.content.RenderException;
import io.waymark.content.Rendered;
import io.waymark.content.Renderer;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Approved texts as one customer would read them, for a colleague who speaks with the customer.
 * Nothing is sent and nothing is stored; what leaves goes through {@link MessageSender}.
 */
@Component
public class CustomerTexts {

  private final Templates templates;
  private final GateFactsReader customers;
  private final TextModel model;
  private final Renderer renderer;
  private final Clock clock;

  CustomerTexts(
      Templates templates,
      GateFactsReader customers,
      TextModel model,
      Renderer renderer,
      Clock clock) {
    this.templates = templates;
    this.customers = customers;
    this.model = model;
    this.renderer = renderer;
    this.clock = clock;
  }

  /**
   * A text in the words for one customer.
   *
   * @param version the approved version it was rendered from
   * @param rendered empty when it needs something that is not known here, such as a product
   */
  public record Prepared(TemplateVersion version, Optional<Rendered> rendered) {}

  /** Those of the templates that are approved now, in the order asked for. */
  public List<Prepared> prepare(long customerId, Collection<String> codes) {
    if (codes.isEmpty()) {
      return List.of();
    }
    Map<String, TemplateVersion> approved = templates.approvedAll(codes, clock.instant());
    GateFacts facts = customers.read(List.of(customerId)).get(customerId);
    return codes.stream()
        .filter(approved::containsKey)
        .map(code -> new Prepared(approved.get(code), render(approved.get(code), facts)))
        .toList();
  }

  private Optional<Rendered> render(TemplateVersion version, @Nullable GateFacts facts) {
    if (facts == null || version.metadata().requiresProduct()) {
      return Optional.empty();
    }
    ContactRequest nobody =
        new ContactRequest(
            facts.customerId(),
            facts.branch(),
            null,
            "advisor",
            "read",
            1,
            version.code(),
            null,
            0,
            Map.of());
    String name = model.names(List.of(facts.customerId())).get(facts.customerId());
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(renderer.render(version, model.of(nobody, facts, name, null)));
    } catch (RenderException incomplete) {
      return Optional.empty();
    }
  }
}
