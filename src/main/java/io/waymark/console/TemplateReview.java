package io.waymark.console;

import io.waymark.compliance.ContentReview;
import io.waymark.compliance.ContentScanner;
import io.waymark.compliance.ElementCheck;
import io.waymark.compliance.Finding;
import io.waymark.compliance.MissingElement;
import io.waymark.compliance.RequiredElements;
import io.waymark.compliance.ReviewSheet;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePacks;
import io.waymark.content.Rendered;
import io.waymark.content.TemplateMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The review sheets as a page shows them: readers who get the same text share one, and the basis of
 * a finding is named by its article.
 */
@Component
class TemplateReview {

  private final ContentReview review;
  private final RulePacks packs;
  private final RequiredElements elements;
  private final ContentScanner scanner;

  TemplateReview(
      ContentReview review, RulePacks packs, RequiredElements elements, ContentScanner scanner) {
    this.review = review;
    this.packs = packs;
    this.elements = elements;
    this.scanner = scanner;
  }

  List<Reading> readings(TemplateMetadata metadata, String source) {
    Map<String, List<ReviewSheet>> byText = new LinkedHashMap<>();
    for (ReviewSheet sheet : review.review(metadata, source)) {
      String text =
          sheet.rendered() == null
              ? Objects.requireNonNullElse(sheet.renderProblem(), "")
              : sheet.rendered().hash();
      byText.computeIfAbsent(text, key -> new ArrayList<>()).add(sheet);
    }
    return byText.values().stream().map(same -> reading(same, metadata)).toList();
  }

  /** The source with what the scanner finds in it, on whatever branch it stands. */
  List<Marked.Piece> written(TemplateMetadata metadata, String source) {
    String text = metadata.subject() == null ? source : metadata.subject() + "\n" + source;
    return Marked.of(text, scanner.scan(text).findings());
  }

  private Reading reading(List<ReviewSheet> same, TemplateMetadata metadata) {
    ReviewSheet sheet = same.get(0);
    Map<String, RulePack.RuleSource> sources =
        packs.all().stream()
            .filter(pack -> pack.version().equals(sheet.scan().packVersion()))
            .findFirst()
            .map(RulePack::sources)
            .orElse(Map.of());
    return new Reading(
        same.stream().map(ReviewSheet::reader).toList(),
        sheet,
        sheet.scan().findings().stream()
            .map(finding -> new Hit(finding, articles(finding.basis(), sources)))
            .toList(),
        sheet.missing().stream()
            .map(missing -> new Lack(missing, articles(missing.basis(), sources)))
            .toList(),
        marked(sheet),
        checks(sheet, metadata, sources));
  }

  private static List<Marked.Piece> marked(ReviewSheet sheet) {
    Rendered rendered = sheet.rendered();
    return rendered == null ? List.of() : Marked.of(text(rendered), sheet.scan().findings());
  }

  private List<Check> checks(
      ReviewSheet sheet, TemplateMetadata metadata, Map<String, RulePack.RuleSource> sources) {
    Rendered rendered = sheet.rendered();
    return rendered == null
        ? List.of()
        : elements.checked(metadata, text(rendered), metadata.channel()).stream()
            .map(check -> new Check(check, articles(check.element().basis(), sources)))
            .toList();
  }

  /** Subject and body as the scanner reads them. */
  private static String text(Rendered rendered) {
    return rendered.subject() == null
        ? rendered.body()
        : rendered.subject() + "\n" + rendered.body();
  }

  private static List<Article> articles(String basis, Map<String, RulePack.RuleSource> sources) {
    return Stream.of(basis.split(","))
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .map(
            key -> {
              RulePack.RuleSource source = sources.get(key);
              return source == null
                  ? new Article(key, "", "")
                  : new Article(key, source.title(), source.mark());
            })
        .toList();
  }

  /**
   * What one text says to the readers who get it.
   *
   * @param sheet of the first of them; the others' are equal
   * @param marked the text cut at its findings; empty when it could not be rendered
   */
  public record Reading(
      List<String> readers,
      ReviewSheet sheet,
      List<Hit> hits,
      List<Lack> lacks,
      List<Marked.Piece> marked,
      List<Check> checks) {}

  /** A required statement, where it stands, and the articles that ask for it. */
  public record Check(ElementCheck check, List<Article> articles) {}

  /** A finding with the articles it rests on. */
  public record Hit(Finding finding, List<Article> articles) {}

  /** A missing statement with the articles that ask for it. */
  public record Lack(MissingElement element, List<Article> articles) {}

  /**
   * An article of a provision.
   *
   * @param title empty when the rule pack does not list the key
   * @param mark how far its text was verified, e.g. {@code read}; empty when not listed
   */
  public record Article(String key, String title, String mark) {}
}
