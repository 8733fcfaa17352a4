package io.waymark.evidence;

import java.util.Locale;

/** What an evidence row proves. Rows live twenty years: a kind may be added, never renamed. */
public enum EvidenceKind {
  CUSTOMER_IMPORTED,
  CONSENT_CHANGED,
  ASSESSMENT_RECORDED,
  TAG_DEFINED,
  TAG_RECLASSIFIED,
  EVENT_TYPE_DEFINED,
  AUDIENCE_SAVED,
  EVENT_RETRIED,
  EVENT_DROPPED,
  IMPORT_STARTED,
  IMPORT_FINISHED,
  VERDICT,
  MESSAGE_CLAIMED,
  MESSAGE_SETTLED,
  TEMPLATE_APPROVED,
  CONTENT_REVIEWED,
  JOURNEY_DEPLOYED,
  JOURNEY_APPROVED,
  JOURNEY_PAUSED,
  JOURNEY_PUBLISHED,
  JOURNEY_PLANNED,
  JOURNEY_WITHDRAWN,
  JOURNEY_ENDED,
  JOURNEY_SHARE_RAISED,
  JOURNEY_STOPPED,
  JOURNEY_HELD,
  JOURNEY_RELEASED,
  JOURNEY_ENTERED,
  JOURNEY_LEFT,
  TASK_ASSIGNED,
  TASK_COMPLETED,
  PARKED_MESSAGE_DECIDED,
  SUPPRESSION_CHANGED,
  STAFF_CHANGED,
  CALENDAR_PUBLISHED,
  RULE_PACK_APPROVED,
  CONTENT_PAUSED,
  CONTENT_RESUMED,
  EVASION_FOUND,
  API_KEY_CREATED,
  API_KEY_REVOKED,
  POLICY_PROPOSED,
  RECALL_STARTED,
  RECALL_LIFT_PROPOSED,
  RECALL_LIFT_DECLINED,
  RECALL_LIFTED,
  EVIDENCE_EXPORTED,
  CUSTOMER_ERASED,
  SELF_CHECK_SIGNED,
  POLICY_APPROVED,
  POLICY_REJECTED,
  LEVEL_CONTRADICTED,
  CLASS_APPLICATION,
  IMPACT_ASSESSMENT,
  ABUSE_CASE,
  PROVIDER_TRIED,
  CUSTOMERS_MERGED,
  MERGE_UNDONE,
  ERASURE_REQUESTED,
  ERASURE_DECLINED,
  CUSTOMER_COPIED,
  JOURNEY_MENDED,
<<<<<<< HEAD
  DRAWING_SUBMITTED,
  CUSTOMER_MOVED,
  MIGRATION_DECIDED;
=======
  JOURNEY_TEST,
  DRAWING_SUBMITTED;
>>>>>>> 49b1280 (Keep rehearsals: audiences with their figures, one customer's as a test that guards publication, and the screens of both)

  /** The word used in the table and the API, e.g. {@code message_claimed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no kind has this code
   */
  public static EvidenceKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
