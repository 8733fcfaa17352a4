package io.waymark.engine.campaign;

import java.util.Locale;

/** Where a campaign stands. */
public enum CampaignState {
  /** Being written; nobody else has seen it. */
  WRITING,
  /** Handed in and being read by the people who decide. */
  REVIEW,
  /** Given back or refused by the review; may be written on. */
  RETURNED,
  /** Approved; goes live on its first day. */
  APPROVED,
  /** Customers are given to advisors, day by day. */
  RUNNING,
  /** Nobody is given to anybody; who was given already may be called. */
  PAUSED,
  /** Stopped by a person; unfinished tasks are being taken back. */
  STOPPING,
  /** Over on its last day; a goal may still be reached. */
  ENDING,
  /** Over, and nobody is left in it. */
  OVER;

  /** The word used in texts. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
