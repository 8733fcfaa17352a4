package io.waymark.contact.lane;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one provider stands.
 *
 * @param perSecond messages a second that the account allows, all nodes together; 0 for no limit
 * @param concurrency calls at once from one node
 * @param breakerCalls over how many of its last calls a provider is judged
 * @param breakerMinimum calls before it is judged at all
 * @param breakerPercent share of calls without an answer, or put off, at which it is left alone
 * @param breakerPause how long it is left alone before it is tried again
 * @param breakerTrials calls it is tried with
 */
public record ProviderLimits(
    @DefaultValue("0") double perSecond,
    @DefaultValue("4") int concurrency,
    @DefaultValue("50") int breakerCalls,
    @DefaultValue("20") int breakerMinimum,
    @DefaultValue("50") int breakerPercent,
    @DefaultValue("30s") Duration breakerPause,
    @DefaultValue("3") int breakerTrials) {

  @ConstructorBinding
  public ProviderLimits {
    if (perSecond < 0 || concurrency < 1 || breakerMinimum < 1 || breakerCalls < breakerMinimum) {
      throw new IllegalArgumentException(
          "waymark.dispatch.providers 的限额不正确：per-second 不能为负，concurrency 与 breaker-minimum 至少为 1，"
              + "breaker-calls 不能小于 breaker-minimum");
    }
  }

  /** For a provider nobody wrote limits for. */
  public static ProviderLimits standard() {
    return new ProviderLimits(0, 4, 50, 20, 50, Duration.ofSeconds(30), 3);
  }

  /** Whether the account allows only so many messages a second. */
  public boolean limited() {
    return perSecond > 0;
  }
}
