package io.waymark.journey;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One customer in one journey.
 *
 * @param processInstanceId the engine's instance; null only inside the transaction that starts it
 * @param entryEventSeq events up to this one happened before the customer entered
 * @param leftReason code such as {@code goal}, {@code completed}, or the reason a step gave
 * @param trace where its trace goes on; null when it is not followed
 */
public record Participation(
    long id,
    long journeyVersionId,
    String journeyKey,
    long customerId,
    String branch,
    @Nullable String processInstanceId,
    OffsetDateTime enteredAt,
    long entryEventSeq,
    @Nullable String goal,
    @Nullable OffsetDateTime leftAt,
    @Nullable String leftReason,
    @Nullable String trace) {

  static final String COLUMNS =
      """
      select p.id, p.journey_version_id, p.journey_key, p.customer_id, p.branch,
             p.process_instance_id, p.entered_at, p.entry_event_seq, p.goal, p.left_at,
             p.left_reason, p.trace
        from participation p
      """;
}
