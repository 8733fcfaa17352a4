package io.waymark.segment.rule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long the value of a tag counts. */
@FunctionalInterface
public interface Freshness {

  /** The limit of this tag; null when its values never go stale. */
  @Nullable Duration limit(String tag);
}
