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
 * @param absentFrom first day of absence, or null
 * @param absentTo last day of absence; null with {@code absentFrom} set means until further notice
 * @param leader whether overdue tasks of the branch come to this person
 */
public record AdvisorProfile(
    String username,
    String branch,
    Set<String> qualifications,
    LocalDate licenceUntil,
    int dailyCapacity,
    @Nullable LocalDate absentFrom,
    @Nullable LocalDate absentTo,
    boolean leader) {

  public AdvisorProfile {
    qualifications = Set.copyOf(qualifications);
  }
}
