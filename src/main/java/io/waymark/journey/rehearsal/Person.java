package io.waymark.journey.rehearsal;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom one rehearsal is about: a real customer as he is now, or an invented one.
 *
 * @param customerId the real customer, or null for an invented one
 * @param branch branch of the invented customer
 * @param age in whole years
 * @param level result of an assessment that is valid for three hundred days; null for never
 *     assessed
 * @param assessmentExpired whether that assessment has just run out
 * @param agrees purposes agreed to, on every channel
 * @param reachable channels with an address; the App needs none
 * @param tags value by tag
 */
public record Person(
    @Nullable Long customerId,
    String branch,
    int age,
    @Nullable RiskTolerance level,
    boolean assessmentExpired,
    Set<Purpose> agrees,
    Set<Channel> reachable,
    Map<String, String> tags) {

  public Person {
    agrees = Set.copyOf(agrees);
    reachable = Set.copyOf(reachable);
    tags = Map.copyOf(tags);
  }

  /** A customer of the house, as he is when the rehearsal begins. */
  public static Person real(long customerId, String branch) {
    return new Person(customerId, branch, 0, null, false, Set.of(), Set.of(), Map.of());
  }

  /** An adult who has agreed to everything and can be reached everywhere. */
  public static Person invented(String branch) {
    return new Person(
        null,
        branch,
        40,
        RiskTolerance.C3,
        false,
        Set.of(Purpose.values()),
        Set.of(Channel.values()),
        Map.of());
  }

  /** The same with these tags. */
  public Person tagged(Map<String, String> values) {
    return new Person(customerId, branch, age, level, assessmentExpired, agrees, reachable, values);
  }
}
