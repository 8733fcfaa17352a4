package io.waymark.compliance;

import io.waymark.compliance.ElementRules.Element;
import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The statements that each class of product and each channel must carry, looked for in the text as
 * the customer gets it.
 */
@Component
public class RequiredElements {

  private final ElementRules rules = ElementRules.read();

  /**
   * What a rendered text lacks; empty when it is whole. An element the template records as not
   * applicable is left out only where the policy allows that.
   *
   * @param rendered subject and body in one string, separated by a line break
   */
  public List<MissingElement> missing(TemplateMetadata metadata, String rendered, Channel channel) {
    String visible = visible(rendered);
    return required(metadata, visible, channel).stream()
        .map(code -> rules.elements().get(code))
        .filter(element -> !waived(element, metadata))
        .filter(element -> !element.isIn(visible, rendered))
        .map(Element::whenMissing)
        .toList();
  }

  /** Every statement a rendered text must carry, and where it stands. */
  public List<ElementCheck> checked(TemplateMetadata metadata, String rendered, Channel channel) {
    String visible = visible(rendered);
    return required(metadata, visible, channel).stream()
        .map(code -> rules.elements().get(code))
        .map(element -> checked(element, metadata, visible, rendered))
        .toList();
  }

  private static ElementCheck checked(
      Element element, TemplateMetadata metadata, String visible, String rendered) {
    MissingElement named = element.whenMissing();
    if (waived(element, metadata)) {
      return new ElementCheck(
          named, ElementCheck.Found.NOT_APPLICABLE, metadata.notApplicable().get(named.code()));
    }
    boolean present = element.isIn(visible, rendered);
    return new ElementCheck(
        named, present ? ElementCheck.Found.PRESENT : ElementCheck.Found.MISSING, null);
  }

  /** Reasons a template gives for elements that cannot be waived or do not exist. */
  public List<String> inadmissibleWaivers(TemplateMetadata metadata) {
    return metadata.notApplicable().keySet().stream()
        .filter(
            code -> !rules.elements().containsKey(code) || !rules.elements().get(code).waivable())
        .sorted()
        .toList();
  }

  private Set<String> required(TemplateMetadata metadata, String visible, Channel channel) {
    Set<String> required = new LinkedHashSet<>();
    rules.requirements().stream()
        .filter(
            requirement ->
                requirement.fits(
                    metadata.productClass(), channel.code(), metadata.purpose().code(), visible))
        .forEach(requirement -> required.addAll(requirement.elements()));
    return required;
  }

  private static boolean waived(Element element, TemplateMetadata metadata) {
    return element.waivable() && metadata.notApplicable().containsKey(element.whenMissing().code());
  }

  /** As a reader sees it, with full-width signs folded and spaces out. */
  private static String visible(String rendered) {
    StringBuilder text = new StringBuilder(rendered.length());
    VisibleText.read(
        rendered, VisibleText.looksLikeHtml(rendered), (c, start, end) -> text.appendCodePoint(c));
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("[\\p{Zs}\\t\\r]+", "")
        .replaceAll("\\n{2,}", "\n")
        .strip();
  }
}
