package io.waymark.segment;

import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.posting.PostingKeeping;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** Has lists built as the background does. */
final class Lists {

  private final AudienceQuestions questions;
  private final PostingKeeping keeping;

  private Lists(AudienceQuestions questions, PostingKeeping keeping) {
    this.questions = questions;
    this.keeping = keeping;
  }

  static Lists of(ApplicationContext context) {
    return new Lists(
        context.getBean(AudienceQuestions.class), context.getBean(PostingKeeping.class));
  }

  /** Asks for these once, so that they are wished for, and has all of them built. */
  void build(Instant now, Collection<String> tags, Collection<String> types) {
    Stream.concat(
            tags.stream().map(tag -> "has tag " + tag),
            types.stream().map(type -> "event " + type + " exists within 400 days"))
        .forEach(rule -> questions.countOfRule(rule, BranchScope.everywhere(), now));
    keep();
  }

  /** Goes on until nothing is to do; a raised day takes effect a step later. */
  void keep() {
    for (int idle = 0; idle < 3; idle++) {
      while (keeping.step()) {
        idle = 0;
      }
    }
  }
}
