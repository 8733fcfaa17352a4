package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message of the log; nothing personal in it. A message the gate withheld before it was frozen
 * has a row too, with status {@code withheld}.
 *
 * @param messageId the message
 * @param createdAt when the gate decided
 * @param customerId whom it concerns
 * @param branch the customer's branch
 * @param participationId the participation that sent it; null outside journeys
 * @param journeyKey the journey, or the sender outside journeys
 * @param node the activity that sent it
 * @param visit which visit of that activity
 * @param template template code
 * @param templateVersion template version; null when the template was not approved
 * @param channel null when the template was not approved
 * @param purpose null when the template was not approved
 * @param product product code; null when it is about none
 * @param status waiting (also for the end of quiet hours), sending, sent, delivered, failed,
 *     withheld, unknown
 * @param reason code of a {@link WithheldReason} or of the provider's refusal; null when all is
 *     well
 * @param gate the gate that withheld it; null when none did
 * @param dueAt not before this moment; null once withheld at once
 * @param sentAt when a provider accepted it; null while none did
 * @param settledAt when its outcome became final; null while it is not
 */
public record MessageRecord(
    UUID messageId,
    Instant createdAt,
    long customerId,
    String branch,
    @Nullable Long participationId,
    String journeyKey,
    String node,
    int visit,
    String template,
    @Nullable Integer templateVersion,
    @Nullable Channel channel,
    @Nullable Purpose purpose,
    @Nullable String product,
    String status,
    @Nullable String reason,
    @Nullable String gate,
    @Nullable Instant dueAt,
    @Nullable Instant sentAt,
    @Nullable Instant settledAt) {}
