package io.waymark.engine.watch;

import java.util.Map;

/** Instances and participations that do not know each other, waits at the door, tasks of nobody. */
final class InstanceSearches {

  private static final String INSTANCE_GONE =
      """
      select 'participation:' || p.id as subject, p.journey_key, v.version, '' as node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id, p.entered_at as since, '' as detail
        from participation p
        join journey_version v on v.id = p.journey_version_id
       where p.left_at is null and p.process_instance_id is not null
         and not exists (select from act_ru_execution i where i.id_ = p.process_instance_id)
      """;

  private static final String PARTICIPATION_GONE =
      """
      select 'instance:' || i.id_ as subject, v.journey_key, v.version, '' as node,
             p.id as participation_id, p.customer_id, coalesce(p.branch, '') as branch,
             i.id_ as instance_id, coalesce(p.left_at, v.created_at) as since,
             coalesce(i.business_key_, '') as detail
        from act_ru_execution i
        join journey_version v on v.definition_id = i.proc_def_id_
        left join participation p on p.process_instance_id = i.id_
       where i.parent_id_ is null and (p.id is null or p.left_at is not null)
      """;

  private static final String SUSPENDED =
      """
      select 'suspended:' || i.id_ as subject, p.journey_key, v.version, '' as node,
             p.id as participation_id, p.customer_id, p.branch, i.id_ as instance_id,
             p.entered_at as since, '' as detail
        from act_ru_execution i
        join participation p on p.process_instance_id = i.id_ and p.left_at is null
        join journey_version v on v.id = p.journey_version_id
       where i.parent_id_ is null and i.suspension_state_ = 2
         and not exists (select from recall r
                          where r.kind = 'journey' and r.target = p.journey_key
                            and r.lifted_at is null)
         and not exists (select from journey_hold h
                          where h.journey_key = p.journey_key and h.released_at is null)
      """;

  private static final String ENROLMENT_WAITS =
      """
      select 'enrolment:' || n.id as subject, n.journey_key, v.version, '' as node,
             null::bigint as participation_id, n.customer_id, n.branch, null as instance_id,
             n.requested_at as since, '' as detail
        from enrolment n join journey_version v on v.id = n.journey_version_id
       where n.status = 'queued' and n.requested_at < :enrolmentWaits
      """;

  private static final String TASKS =
      """
      select 'task:' || t.id_ as subject, p.journey_key, v.version, t.task_def_key_ as node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id,
             t.create_time_ at time zone 'Asia/Shanghai' as since,
             coalesce(t.assignee_, '') as detail
        from act_ru_task t
        join participation p on p.process_instance_id = t.proc_inst_id_ and p.left_at is null
        join journey_version v on v.id = p.journey_version_id
       where\s\
      """;

  /** A pool is somebody as long as an enabled advisor of the branch can look into it. */
  private static final String TASK_WITHOUT_HOLDER =
      TASKS
          + """
             case when t.assignee_ is not null
               then not exists (select from staff s where s.username = t.assignee_ and s.enabled)
               else not exists (select from act_ru_identitylink l
                                 where l.task_id_ = t.id_ and l.type_ = 'candidate')
                    or not exists (select from advisor a join staff s on s.username = a.username
                                    where a.branch = p.branch and s.enabled) end
          """;

  private static final String TASK_UNKNOWN =
      TASKS
          + """
             not exists (select from advisor_task a where a.task_id = t.id_ and a.status = 'open')
          """;

  private static final String TASK_ORPHAN =
      """
      select 'orphan:' || a.task_id as subject, a.journey_key, coalesce(v.version, 0) as version,
             a.node, a.participation_id, a.customer_id, a.branch,
             p.process_instance_id as instance_id, a.created_at as since,
             coalesce(a.assignee, '') as detail
        from advisor_task a
        left join participation p on p.id = a.participation_id
        left join journey_version v on v.id = p.journey_version_id
       where a.status = 'open' and not exists (select from act_ru_task t where t.id_ = a.task_id)
      """;

  static final Map<StuckKind, String> ALL =
      Map.of(
          StuckKind.INSTANCE_GONE, INSTANCE_GONE,
          StuckKind.PARTICIPATION_GONE, PARTICIPATION_GONE,
          StuckKind.SUSPENDED, SUSPENDED,
          StuckKind.ENROLMENT_WAITS, ENROLMENT_WAITS,
          StuckKind.TASK_WITHOUT_HOLDER, TASK_WITHOUT_HOLDER,
          StuckKind.TASK_UNKNOWN, TASK_UNKNOWN,
          StuckKind.TASK_ORPHAN, TASK_ORPHAN);

  private InstanceSearches() {}
}
