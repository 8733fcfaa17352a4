package io.waymark.compliance;

import io.waymark.compliance.ElementRules.Element;
import io.waymark.content.TemplateMetadata;
import io.waymark.platform.Channel;
import io.waymark.platform.policy.PolicyDocuments;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The statements that each class of product and each channel must carry, looked for in the text as
 * the customer gets it.
 */
@Component
public class RequiredElements {

  /** Its code among the policies, also in addresses. */
  public static final String POLICY = "required-elements";

  private final Supplier<ElementRules> inForce;

  @Autowired
  RequiredElements(PolicyDocuments documents, RequiredElementsKind kind, Clock clock) {
    this(() -> documents.active(kind, clock.instant()).value());
  }

  RequiredElements(Supplier<ElementRules> inForce) {
    this.inForce = inForce;
  }

  /**
   * What a rendered text lacks; empty when it is whole. An element the template records as not
   * applicable is left out only where the policy allows that.
   *
   * @param rendered subject and body in one string, separated by a line break
   */
  public List<MissingElement> missing(TemplateMetadata metadata, String rendered, Channel channel) {
    ElementRules rules = inForce.get();
    String visible = VisibleText.folded(rendered);
    return required(rules, metadata, visible, channel).stream()
        .map(code -> rules.elements().get(code))
        .filter(element -> !waived(element, metadata))
        .filter(element -> !element.isIn(visible, rendered))
        .map(Element::whenMissing)
        .toList();
  }

  /** Every statement a rendered text must carry, and where it stands. */
  public List<ElementCheck> checked(TemplateMetadata metadata, String rendered, Channel channel) {
    ElementRules rules = inForce.get();
    String visible = VisibleText.folded(rendered);
    return required(rules, metadata, visible, channel).stream()
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
    ElementRules rules = inForce.get();
    return metadata.notApplicable().keySet().stream()
        .filter(
            code -> !rules.elements().containsKey(code) || !rules.elements().get(code).waivable())
        .sorted()
        .toList();
  }

  /**
   * What a version of the list says, element by element in its order.
   *
   * @throws RulePackException when the document cannot be read
   */
  public static List<RequiredStatement> statements(String source) {
    ElementRules rules = ElementRules.read(source);
    return rules.elements().values().stream().map(element -> statement(rules, element)).toList();
  }

  private static RequiredStatement statement(ElementRules rules, Element element) {
    String code = element.whenMissing().code();
    return new RequiredStatement(
        element.whenMissing(),
        element.waivable(),
        rules.requirements().stream()
            .filter(one -> one.elements().contains(code))
            .map(
                one ->
                    new RequiredStatement.Where(
                        one.classes(), one.channels(), one.purposes(), !one.whenText().isEmpty()))
            .toList());
  }

  private static Set<String> required(
      ElementRules rules, TemplateMetadata metadata, String visible, Channel channel) {
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
}
