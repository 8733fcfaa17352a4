package io.waymark.contact;

import io.waymark.compliance.ContentScanner;
import io.waymark.compliance.Finding;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.MissingElement;
import io.waymark.compliance.RequiredElements;
import io.waymark.compliance.ScanReport;
import io.waymark.content.RenderException;
import io.waymark.content.Rendered;
import io.waymark.content.Renderer;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the text one customer will read and reads it again with the eyes of compliance: names and
 * parameters may carry a phrase that no reviewer of the template has seen.
 */
@Component
class Composer {

  static final String RENDER = "render";
  static final String SCAN = "scan";
  static final String ELEMENTS = "elements";

  private final Renderer renderer;
  private final ContentScanner scanner;
  private final RequiredElements elements;

  Composer(Renderer renderer, ContentScanner scanner, RequiredElements elements) {
    this.renderer = renderer;
    this.scanner = scanner;
    this.elements = elements;
  }

  /** Renders and inspects. */
  Composed compose(TemplateVersion template, Map<String, Object> model) {
    Rendered rendered;
    try {
      rendered = renderer.render(template, model);
    } catch (RenderException e) {
      String variable = e.variable();
      return new Composed(
          null,
          null,
          RENDER,
          WithheldReason.FACTS_MISSING,
          Map.of(
              "template", e.template(),
              "line", String.valueOf(e.line()),
              "variable", variable == null ? "none" : variable));
    }
    return inspect(template.metadata(), rendered);
  }

  /** Inspects a text that is frozen already; the rule pack may have changed since. */
  Composed inspect(TemplateMetadata metadata, Rendered rendered) {
    String text = rendered.whole();
    ScanReport report = scanner.scan(text);
    if (report.blocks()) {
      return new Composed(
          rendered,
          report.packVersion(),
          SCAN,
          WithheldReason.CONTENT_VIOLATION,
          Map.of("rules", blocking(report), "pack", report.packVersion()));
    }
    List<MissingElement> missing = elements.missing(metadata, text, metadata.channel());
    if (!missing.isEmpty()) {
      return new Composed(
          rendered,
          report.packVersion(),
          ELEMENTS,
          WithheldReason.CONTENT_ELEMENT_MISSING,
          Map.of(
              "missing",
              missing.stream().map(MissingElement::code).collect(Collectors.joining(","))));
    }
    return new Composed(
        rendered, report.packVersion(), null, null, Map.of("pack", report.packVersion()));
  }

  private static String blocking(ScanReport report) {
    return report.findings().stream()
        .filter(finding -> finding.level() == FindingLevel.BLOCK)
        .map(Finding::ruleId)
        .distinct()
        .collect(Collectors.joining(","));
  }

  /**
   * A text and what speaks against it.
   *
   * @param rendered null when it could not be rendered
   * @param rulePack version of the rule pack it was scanned with; null when it was not
   * @param gate which look failed; null when none did
   * @param reason why it must not leave; null when nothing speaks against it
   */
  record Composed(
      @Nullable Rendered rendered,
      @Nullable String rulePack,
      @Nullable String gate,
      @Nullable WithheldReason reason,
      Map<String, String> inputs) {}
}
