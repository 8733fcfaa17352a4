package io.waymark.advisor.campaign;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One campaign as stored.
 *
 * @param author who wrote it last
 * @param drawing id of the drawing made from it, or null before it was first handed in
 * @param version id of the journey version it became, or null while it is being written
 * @param submittedBy who handed it in, or null
 * @param stoppedAt when somebody stopped it before its end, or null
 * @param closedAt when nobody was left in it after its end or stop, or null
 */
public record Campaign(
    long id,
    CampaignTerms terms,
    String author,
    Instant updatedAt,
    @Nullable Long drawing,
    @Nullable Long version,
    @Nullable String submittedBy,
    @Nullable Instant stoppedAt,
    @Nullable String stoppedBy,
    @Nullable String stopReason,
    @Nullable Instant closedAt) {

  private static final String PREFIX = "campaign-";

  /** Key of the journey the campaign becomes. */
  public String journeyKey() {
    return PREFIX + id;
  }

  /** Whether it may still be written: it is not handed in, or was given back. */
  public boolean open() {
    return version == null;
  }

  /** Whether customers may be given to advisors on this day, as far as its dates go. */
  public boolean runsOn(LocalDate day) {
    return stoppedAt == null
        && closedAt == null
        && !day.isBefore(terms.startsOn())
        && !day.isAfter(terms.endsOn());
  }
}
