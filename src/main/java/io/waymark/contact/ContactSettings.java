package io.waymark.contact;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How delivery behaves; no rule about customers is here.
 *
 * @param batch how many messages a lane takes at a time at most; of a slow provider it takes fewer
 * @param poll how long a lane sleeps when nothing is due and nobody wakes it
 * @param sendingTimeout after which a call that was never answered is taken for a crash; longer
 *     than any provider's time-out
 * @param receiptTimeout how long an accepted text message waits for its receipt
 * @param unknownPatience how long an unknown fate is asked after before the channel's policy
 *     decides
 * @param queryEvery pause between two questions about an unknown fate
 * @param retryAfter pause after the first temporary refusal; doubled each time
 * @param maxAttempts how many calls to a provider one message gets
 * @param inAppValidity how long a message stays at its place in the App
 * @param brokerName full name of the broker in texts
 * @param brokerHotline the broker's service number
 * @param brokerUnsubscribe how to unsubscribe, as a sentence
 * @param brokerPrivacyUrl address of the privacy notice
 */
@ConfigurationProperties("waymark.contact")
record ContactSettings(
    @DefaultValue("250") int batch,
    @DefaultValue("1s") Duration poll,
    @DefaultValue("5m") Duration sendingTimeout,
    @DefaultValue("24h") Duration receiptTimeout,
    @DefaultValue("30m") Duration unknownPatience,
    @DefaultValue("20s") Duration queryEvery,
    @DefaultValue("30s") Duration retryAfter,
    @DefaultValue("5") int maxAttempts,
    @DefaultValue("7d") Duration inAppValidity,
    @Nullable String brokerName,
    @Nullable String brokerHotline,
    @Nullable String brokerUnsubscribe,
    @Nullable String brokerPrivacyUrl) {

  /**
   * Pause before the next attempt: between half of the doubled time and all of it, so that what
   * failed together does not come back together.
   */
  Duration pause(int attempts) {
    long longest = retryAfter.multipliedBy(1L << Math.min(attempts - 1, 10)).toMillis();
    return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
  }
}
