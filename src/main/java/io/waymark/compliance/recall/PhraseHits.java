package io.waymark.compliance.recall;

import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Approved templates that hold a recalled phrase in their own words, so that somebody mends them.
 */
@Component
public class PhraseHits {

  private static final int AT_ONCE = 200;

  private final Templates templates;

  PhraseHits(Templates templates) {
    this.templates = templates;
  }

  /** Approved versions whose source contains the phrase, however it is spaced there. */
  public List<TemplateVersion> of(String phrase) {
    StandingRecalls recalled =
        new StandingRecalls(List.of(new RecallTarget(RecallKind.PHRASE, phrase)));
    TemplateFilter approved = new TemplateFilter(TemplateStatus.APPROVED, null, null);
    List<TemplateVersion> hits = new ArrayList<>();
    List<TemplateVersion> some;
    int offset = 0;
    do {
      some = templates.page(approved, offset, AT_ONCE);
      some.stream().filter(one -> recalled.in(words(one)).isPresent()).forEach(hits::add);
      offset += AT_ONCE;
    } while (some.size() == AT_ONCE);
    return hits;
  }

  private static String words(TemplateVersion version) {
    String subject = version.metadata().subject();
    return subject == null ? version.source() : subject + "\n" + version.source();
  }
}
