package io.waymark.advisor;

/**
 * Who may hold a task, as conditions of SQL, so that choosing, claiming, handing over, answering
 * and the watch mean the same. {@code a} is the advisor, {@code s} the account, {@code t} the task;
 * {@code :today} is the day and {@code :at} the moment in Asia/Shanghai.
 */
final class Fitness {

  /** Enabled, licensed and of the branch, or of head office where the task lets it. */
  static final String OF_BRANCH =
      """
      select 1 from advisor a join staff s on s.username = a.username
      where s.enabled and s.role = 'advisor' and a.licence_until >= :today
        and (a.branch = t.branch
             or s.all_branches and (t.anywhere or t.escalated_to = a.username))
      """;

  static final String QUALIFIED =
      """
       and (t.qualification is null or t.qualification = any(a.qualifications))
       and (t.skill is null or t.skill = any(a.skills))
       and (t.language is null or t.language = any(a.languages))
       and (t.tier is null or cardinality(a.tiers) = 0 or t.tier = any(a.tiers))
      """;

  static final String PRESENT =
      """
      (not exists (select 1 from advisor_absence x
                   where x.username = a.username and x.approved_by is not null
                     and x.withdrawn_by is null and x.from_at <= :at and x.to_at > :at)
       and (a.absent_from is null or :today < a.absent_from
            or coalesce(:today > a.absent_to, false)))
      """;

  private Fitness() {}
}
