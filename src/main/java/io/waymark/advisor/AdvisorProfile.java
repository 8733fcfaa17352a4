package io.waymark.advisor;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What routing must know of an advisor. Dates are Asia/Shanghai.
 *
 * @param username the staff member's user name
 * @param branch the one branch the advisor works for
 * @param qualifications codes such as {@code margin}, {@code advisory}
 * @param licenceUntil last day on which the practising licence is valid
 * @param dailyCapacity how many tasks may be in hand plus finished on one day
 * @param absentFrom first day of a long absence such as parental leave, or null; planned days stand
 *     in the absence calendar
 * @param absentTo last day of it; null with {@code absentFrom} set means until further notice
 * @param leader whether overdue tasks of the branch come to this person
 * @param strengths what the advisor can do beyond that
 */
public record AdvisorProfile(
    String username,
    String branch,
    Set<String> qualifications,
    LocalDate licenceUntil,
    int dailyCapacity,
    @Nullable LocalDate absentFrom,
    @Nullable LocalDate absentTo,
    boolean leader,
    Strengths strengths) {

  public AdvisorProfile {
    qualifications = Set.copyOf(qualifications);
  }

  /** An advisor of whom nothing special is known. */
  public AdvisorProfile(
      String username,
      String branch,
      Set<String> qualifications,
      LocalDate licenceUntil,
      int dailyCapacity,
      @Nullable LocalDate absentFrom,
      @Nullable LocalDate absentTo,
      boolean leader) {
    this(
        username,
        branch,
        qualifications,
        licenceUntil,
        dailyCapacity,
        absentFrom,
        absentTo,
        leader,
        Strengths.NONE);
  }

  /**
   * Skills, languages and tiers, as codes.
   *
   * @param skills such as {@code retirement}
   * @param languages such as {@code yue}
   * @param tiers tiers of customers served; empty means all
   */
  public record Strengths(Set<String> skills, Set<String> languages, Set<String> tiers) {

    /** Nothing special, serving everybody. */
    public static final Strengths NONE = new Strengths(Set.of(), Set.of(), Set.of());

    public Strengths {
      skills = Set.copyOf(skills);
      languages = Set.copyOf(languages);
      tiers = Set.copyOf(tiers);
    }
  }
}
