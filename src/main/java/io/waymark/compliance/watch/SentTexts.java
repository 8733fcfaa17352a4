package io.waymark.compliance.watch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The texts that were sent, implemented by whoever keeps them. */
public interface SentTexts {

  /** How many were sent since an instant. */
  int count(Instant since);

  /**
   * The next texts in the order of their ids; those of erased customers are absent.
   *
   * @param after the last id of the call before; null for the first
   */
  Batch next(@Nullable UUID after, Instant since, int limit);

  /** Opens some texts to be shown; those of erased customers are absent. */
  Map<UUID, SentText> open(Collection<UUID> ids);

  /**
   * One batch.
   *
   * @param read messages looked at, opened or not
   * @param last the last id looked at; null when there was none
   */
  record Batch(List<SentText> texts, int read, @Nullable UUID last) {

    public Batch {
      texts = List.copyOf(texts);
    }
  }
}
