package io.waymark.advisor;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the drawing says of a task beyond its qualification, as codes.
 *
 * @param kind what sort of task it is, for the routing table: one of {@link #KINDS}
 * @param urgency {@code normal} or {@code high}
 * @param skill what the advisor must be good at, e.g. {@code retirement}; null when nothing special
 * @param language language the advisor must speak, e.g. {@code yue}; null when any
 * @param tier tier of customers the advisor must serve, e.g. {@code core}; null when any. An
 *     advisor for whom no tiers are named serves all
 * @param anywhere whether advisors of head office, who may see every branch, take it when nobody of
 *     the customer's branch can
 */
public record TaskNeeds(
    String kind,
    String urgency,
    @Nullable String skill,
    @Nullable String language,
    @Nullable String tier,
    boolean anywhere) {

  /** The sorts of tasks the routing table tells apart. */
  public static final Set<String> KINDS =
      Set.of("follow_up", "service", "regulated", "complaint", "campaign");

  /** The degrees of urgency. */
  public static final Set<String> URGENCIES = Set.of("normal", "high");

  /** An ordinary task for anybody of the branch. */
  public static final TaskNeeds ORDINARY =
      new TaskNeeds("follow_up", "normal", null, null, null, false);
}
