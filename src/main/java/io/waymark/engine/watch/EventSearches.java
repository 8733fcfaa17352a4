package io.waymark.engine.watch;

import java.util.Map;

/**
 * Events and messages that never came to the journey that waits for them, and books out of true.
 */
final class EventSearches {

  private static final String MESSAGE_SILENT =
      """
      select 'message:' || w.message as subject, p.journey_key, v.version, s.activity_id_ as node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id,
             coalesce(m.created_at, p.entered_at) as since, coalesce(m.channel, '') as detail
        from act_ru_event_subscr s
        join participation p on p.process_instance_id = s.proc_inst_id_ and p.left_at is null
        join journey_version v on v.id = p.journey_version_id
        join lateral (select x.text_::uuid as message from act_ru_variable x
                       where x.proc_inst_id_ = p.process_instance_id and x.name_ = 'lastMessage'
                         and x.text_ is not null limit 1) w on true
        left join message m on m.message_id = w.message
        left join outbox o on o.message_id = w.message
       where s.event_type_ = 'message' and s.event_name_ = 'message.settled'
         and s.execution_id_ <> s.proc_inst_id_
         and m.settled_at is null
         and greatest(m.created_at, m.due_at) < :now
         and (o.message_id is null or greatest(m.created_at, m.due_at) < :messageSilent)
         and not exists (select from customer_event k
                          where k.customer_id = p.customer_id and k.type = 'message.settled'
                            and k.properties ->> 'messageId' = w.message::text)
      """;

  /** What happened in the last month; what is older has been shown for as long. */
  private static final String EVENT_LOST =
      """
      select 'heard:' || p.id || ':' || e.seq as subject, p.journey_key, v.version,
             s.activity_id_ as node, p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id, e.received_at as since, e.type as detail
        from participation p
        join journey_version v on v.id = p.journey_version_id
        join act_ru_execution i on i.id_ = p.process_instance_id and i.suspension_state_ = 1
        join act_ru_event_subscr s
          on s.proc_inst_id_ = p.process_instance_id and s.event_type_ = 'message'
        join customer_event e
          on e.customer_id = p.customer_id and e.type = s.event_name_ and e.seq > p.entry_event_seq
         and e.occurred_at > :lastMonth and e.received_at < :eventUnheard
         and e.received_at >= p.entered_at
       where p.left_at is null
         and (e.type not like 'message.%'
              or exists (select from act_ru_variable x
                          where x.proc_inst_id_ = p.process_instance_id
                            and x.name_ = 'lastMessage'
                            and x.text_ = e.properties ->> 'messageId'))
         and not exists (select from event_use u
                          where u.participation_id = p.id and u.event_seq = e.seq)
         and not exists (select from event_queue q
                          where q.seq = e.seq
                            and (q.participation_id is null or q.participation_id = p.id))
         and not exists (select from event_parked k
                          where k.seq = e.seq
                            and (k.participation_id is null or k.participation_id = p.id))
      """;

  /** An event behind another one of its customer waits for that one, and rightly. */
  private static final String EVENT_WAITS =
      """
      select 'queued:' || q.id as subject, '' as journey_key, 0 as version, '' as node,
             q.participation_id, q.customer_id, q.branch, null as instance_id, q.due_at as since,
             coalesce(q.reason, '') as detail
        from event_queue q
       where q.due_at < :eventWaits
         and not exists (select from event_queue b
                          where b.customer_id = q.customer_id and b.id < q.id)
      union all
      select 'parked:' || k.id, '', 0, '', k.participation_id, k.customer_id, k.branch, null,
             k.parked_at, k.reason
        from event_parked k
      """;

  private static final String BOOKS =
      """
      select 'visit:' || n.id as subject, p.journey_key, v.version, n.node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id, n.entered_at as since,
             case when (n.left_at is null) <> (n.outcome is null) then 'outcome'
                  else 'failed' end as detail
        from node_visit n
        join participation p on p.id = n.participation_id
        join journey_version v on v.id = p.journey_version_id
       where (n.left_at is null) <> (n.outcome is null)
          or n.failed_since is not null
             and (n.left_at is not null
                  or not exists (select from act_ru_incident x
                                  where x.proc_inst_id_ = p.process_instance_id))
      """;

  static final Map<StuckKind, String> ALL =
      Map.of(
          StuckKind.MESSAGE_SILENT, MESSAGE_SILENT,
          StuckKind.EVENT_LOST, EVENT_LOST,
          StuckKind.EVENT_WAITS, EVENT_WAITS,
          StuckKind.BOOKS, BOOKS);

  private EventSearches() {}
}
