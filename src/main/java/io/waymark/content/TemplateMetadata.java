package io.waymark.content;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template declares about itself; part of what is approved.
 *
 * @param code stable name, {@code [a-z0-9-]+}; also the name of its two files
 * @param title name shown to people
 * @param channel the one channel this text is written for
 * @param purpose what the contact is for; decides consent and caps
 * @param productClass class of the required elements: A, B, C, D, E, M, T, W or {@code none}
 * @param variables every variable the text may read, as dotted paths, e.g. {@code customer.name}
 * @param subject subject line of an e-mail or in-app message, a template itself; null when the
 *     channel has none
 * @param requiresProduct whether a product must be given to render it
 * @param notApplicable required elements this text leaves out, each with its reason
 * @param variantOf code of the experiment or text this one is a variant of
 * @param aiWritten whether a machine wrote it; such a text is always read by an officer
 * @param personalUse what it does with the person it is for
 */
public record TemplateMetadata(
    String code,
    String title,
    Channel channel,
    Purpose purpose,
    String productClass,
    List<String> variables,
    @Nullable String subject,
    boolean requiresProduct,
    Map<String, String> notApplicable,
    @Nullable String variantOf,
    boolean aiWritten,
    PersonalUse personalUse) {

  public TemplateMetadata {
    variables = List.copyOf(variables);
    notApplicable = Map.copyOf(notApplicable);
  }

  /** A text that is neither personalised nor asks for consent. */
  public TemplateMetadata(
      String code,
      String title,
      Channel channel,
      Purpose purpose,
      String productClass,
      List<String> variables,
      @Nullable String subject,
      boolean requiresProduct,
      Map<String, String> notApplicable,
      @Nullable String variantOf,
      boolean aiWritten) {
    this(
        code,
        title,
        channel,
        purpose,
        productClass,
        variables,
        subject,
        requiresProduct,
        notApplicable,
        variantOf,
        aiWritten,
        PersonalUse.NONE);
  }

  /** A text that people wrote. */
  public TemplateMetadata(
      String code,
      String title,
      Channel channel,
      Purpose purpose,
      String productClass,
      List<String> variables,
      @Nullable String subject,
      boolean requiresProduct,
      Map<String, String> notApplicable,
      @Nullable String variantOf) {
    this(
        code,
        title,
        channel,
        purpose,
        productClass,
        variables,
        subject,
        requiresProduct,
        notApplicable,
        variantOf,
        false);
  }
}
