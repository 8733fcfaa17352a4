package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gate once said, with what it looked at.
 *
 * @param kind check, send or dispatch
 * @param messageId null for a check
 * @param templateVersion null when the template was not approved
 * @param channel null when the template was not approved
 * @param purpose null when the template was not approved
 * @param outcome allowed, deferred or withheld
 * @param reason code of a {@link WithheldReason}; null when allowed
 * @param gate which gate withheld or deferred; null when none did
 * @param until end of a deferral; null without one
 * @param inputs what the gates looked at, as {@code gate.name}, codes only
 * @param rulePack version that read the text; null when none did
 */
public record VerdictRecord(
    Instant decidedAt,
    String kind,
    @Nullable UUID messageId,
    long customerId,
    String branch,
    String journeyKey,
    String node,
    String template,
    @Nullable Integer templateVersion,
    @Nullable Channel channel,
    @Nullable Purpose purpose,
    @Nullable String product,
    String outcome,
    @Nullable String reason,
    @Nullable String gate,
    @Nullable Instant until,
    Map<String, String> inputs,
    String policyVersion,
    @Nullable String rulePack) {

  public VerdictRecord {
    inputs = Map.copyOf(inputs);
  }
}
