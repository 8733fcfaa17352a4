package io.waymark.journey;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the drawing declares about the journey as a whole (extension properties of the process).
 *
 * @param entryEvent event type that lets a customer enter, or null
 * @param entryAudience code of the audience whose members enter, or null
 * @param entrySchedule when all members of {@code entryAudience} enter, as {@link
 *     io.waymark.segment.Schedule} reads it; null when each enters on becoming a member of the live
 *     audience
 * @param entryFilter code of the audience a customer must certainly belong to when entering by
 *     event or by a call, or null
 * @param reentry how long after leaving a customer may enter again; null means never again
 * @param priority 0 to 100; who waits for entry is served highest first
 * @param holdoutPercent share of customers, 0 to 50, who never enter and serve as comparison
 * @param purpose code of the consent purpose the journey pursues
 * @param maxInside how many customers may be inside all versions at a time, or null for any number
 * @param maxPerDay how many customers may enter all versions on one day in Shanghai, or null
 * @param entersByApi whether other systems may ask customers in by a call
 */
public record JourneySettings(
    @Nullable String entryEvent,
    @Nullable String entryAudience,
    @Nullable String entrySchedule,
    @Nullable String entryFilter,
    @Nullable Duration reentry,
    int priority,
    int holdoutPercent,
    String purpose,
    @Nullable Integer maxInside,
    @Nullable Integer maxPerDay,
    boolean entersByApi) {

  /**
   * Reads the settings as the drawing writes them.
   *
   * @throws JourneySettingsException naming the setting that is missing or malformed
   */
  public static JourneySettings read(Map<String, String> properties) {
    return new JourneySettingsReader(properties).read();
  }

  /** Whether customers enter on becoming members of the audience, not all at once on schedule. */
  public boolean entersLive() {
    return entryAudience != null && entrySchedule == null;
  }
}
