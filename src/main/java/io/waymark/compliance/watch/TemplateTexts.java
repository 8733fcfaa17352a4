package io.waymark.compliance.watch;

import io.waymark.compliance.ContentReview;
import io.waymark.compliance.ReviewSheet;
import io.waymark.content.Rendered;
import io.waymark.content.TemplateVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Every text a template version can become for the sample readers, and its source. */
@Component
class TemplateTexts {

  /**
   * One text.
   *
   * @param reader the first sample reader who gets it; empty for the source
   */
  record Text(String reader, String text) {}

  private final ContentReview review;

  TemplateTexts(ContentReview review) {
    this.review = review;
  }

  /** The source, then each different rendered text once. */
  List<Text> of(TemplateVersion version) {
    Map<String, Text> texts = new LinkedHashMap<>();
    texts.put("", new Text("", version.source()));
    for (ReviewSheet sheet : review.review(version.metadata(), version.source())) {
      Rendered rendered = sheet.rendered();
      if (rendered != null) {
        texts.putIfAbsent(rendered.hash(), new Text(sheet.reader(), rendered.whole()));
      }
    }
    return List.copyOf(texts.values());
  }
}
