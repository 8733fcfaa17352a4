package io.waymark.compliance.recall;

import io.waymark.platform.Channel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands recalled at the moment of a decision. Immutable. */
public final class StandingRecalls {

  private static final StandingRecalls NONE = new StandingRecalls(List.of());

  private final Set<RecallTarget> targets;
  private final List<Phrase> phrases;

  private record Phrase(RecallTarget target, String plain) {}

  public StandingRecalls(Collection<RecallTarget> targets) {
    this.targets = Set.copyOf(targets);
    this.phrases =
        this.targets.stream()
            .filter(target -> target.kind() == RecallKind.PHRASE)
            .map(target -> new Phrase(target, PlainText.of(target.value())))
            .toList();
  }

  /** Nothing is recalled. */
  public static StandingRecalls none() {
    return NONE;
  }

  /** What stops a message about these; words are looked at by {@link #in}. */
  public Optional<RecallTarget> stops(
      String template, @Nullable String product, String journey, @Nullable Channel channel) {
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    return stands(RecallKind.TEMPLATE, template)
        .or(() -> stands(RecallKind.PRODUCT, product))
        .or(() -> stands(RecallKind.JOURNEY, journey))
        .or(() -> stands(RecallKind.CHANNEL, channel == null ? null : channel.code()));
  }

  /** Whether new customers may not enter the journey and those inside stand still. */
  public boolean holds(String journey) {
    return stands(RecallKind.JOURNEY, journey).isPresent();
  }

  /** The recalled phrase a text contains, whatever spaces or width were used to write it. */
  public Optional<RecallTarget> in(String text) {
    if (phrases.isEmpty()) {
      return Optional.empty();
    }
    String plain = PlainText.of(text);
    return phrases.stream()
        .filter(phrase -> plain.contains(phrase.plain()))
        .map(Phrase::target)
        .findFirst();
  }

  /** Whether any phrase stands recalled, so that texts have to be opened. */
  public boolean looksAtTexts() {
    return !phrases.isEmpty();
  }

  private Optional<RecallTarget> stands(RecallKind kind, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    RecallTarget target = new RecallTarget(kind, value);
    return targets.contains(target) ? Optional.of(target) : Optional.empty();
  }
}
