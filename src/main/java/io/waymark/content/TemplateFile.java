package io.waymark.content;

/**
 * A pair of template files, {@code <code>.yaml} with {@code <code>.ftl}, that is not stored.
 *
 * @param source the FreeMarker text of the body
 */
public record TemplateFile(TemplateMetadata metadata, String source) {

  /** The same text under another code. */
  public TemplateFile as(String code) {
    return new TemplateFile(
        new TemplateMetadata(
            code,
            metadata.title(),
            metadata.channel(),
            metadata.purpose(),
            metadata.productClass(),
            metadata.variables(),
            metadata.subject(),
            metadata.requiresProduct(),
            metadata.notApplicable(),
            metadata.variantOf(),
            metadata.aiWritten(),
            metadata.personalUse()),
        source);
  }
}
