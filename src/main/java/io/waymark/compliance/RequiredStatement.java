package io.waymark.compliance;

import java.util.List;
import java.util.Set;

/**
 * An element as the list of required elements defines it.
 *
 * @param element its name, basis, example and whether it is house policy
 * @param waivable a template may record it as not applicable, with a reason
 * @param where which texts need it; a text needs it when one of these fits
 */
public record RequiredStatement(MissingElement element, boolean waivable, List<Where> where) {

  /**
   * Which texts need an element; an empty set fits every text.
   *
   * @param classes classes of products, A to W or {@code none}
   * @param channels codes of channels
   * @param purposes codes of purposes
   * @param onlySome whether only texts that speak of its subject need it
   */
  public record Where(
      Set<String> classes, Set<String> channels, Set<String> purposes, boolean onlySome) {}
}
