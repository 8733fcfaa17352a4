package io.waymark.engine.watch;

import java.util.Map;

/** Jobs that nobody does, or that failed for good. The engine's times are China's, without zone. */
final class JobSearches {

  private static final String JOBS =
      """
      select 'job:' || j.id_ as subject, p.journey_key, v.version,
             coalesce(d.act_id_, e.act_id_, '') as node, p.id as participation_id, p.customer_id,
             p.branch, p.process_instance_id as instance_id,
             j.duedate_ at time zone 'Asia/Shanghai' as since,
             coalesce(left(j.exception_msg_, 300), '') as detail
        from act_ru_job j
        join participation p on p.process_instance_id = j.process_instance_id_
        join journey_version v on v.id = p.journey_version_id
        left join act_ru_execution e on e.id_ = j.execution_id_
        left join act_ru_jobdef d on d.id_ = j.job_def_id_
       where\s\
      """;

  private static final String INCIDENT =
      """
      select 'job:' || x.configuration_ as subject, p.journey_key, v.version,
             coalesce(x.activity_id_, '') as node, p.id as participation_id, p.customer_id,
             p.branch, p.process_instance_id as instance_id,
             x.incident_timestamp_ at time zone 'Asia/Shanghai' as since,
             coalesce(left(x.incident_msg_, 300), '') as detail
        from act_ru_incident x
        join participation p on p.process_instance_id = x.proc_inst_id_
        join journey_version v on v.id = p.journey_version_id
       where x.id_ = x.cause_incident_id_
      """;

  private static final String DEAD_JOB =
      JOBS
          + """
             j.retries_ = 0
             and not exists (select from act_ru_incident x where x.configuration_ = j.id_)
          """;

  private static final String JOB_OVERDUE =
      JOBS
          + """
             j.retries_ > 0 and j.suspension_state_ = 1 and j.lock_owner_ is null
             and j.duedate_ < :jobOverdue at time zone 'Asia/Shanghai'
          """;

  private static final String JOB_LOCKED =
      JOBS
          + """
             j.retries_ > 0 and j.lock_owner_ is not null
             and (j.lock_exp_time_ < :jobOverdue at time zone 'Asia/Shanghai'
                  or j.lock_exp_time_ > (:now at time zone 'Asia/Shanghai') + interval '1 hour')
          """;

  static final Map<StuckKind, String> ALL =
      Map.of(
          StuckKind.INCIDENT, INCIDENT,
          StuckKind.DEAD_JOB, DEAD_JOB,
          StuckKind.JOB_OVERDUE, JOB_OVERDUE,
          StuckKind.JOB_LOCKED, JOB_LOCKED);

  private JobSearches() {}
}
