package io.waymark.engine.watch;

import java.util.Map;

/** Tokens without what moves them, and tokens that our facts do not know. */
final class TokenSearches {

  /** Where customers inside a journey stand: executions without children. */
  private static final String STANDING =
      """
      select %s as subject, p.journey_key, v.version, e.act_id_ as node, p.id as participation_id,
             p.customer_id, p.branch, p.process_instance_id as instance_id,
             coalesce((select max(n.entered_at) from node_visit n
                        where n.participation_id = p.id and n.node = e.act_id_
                          and n.left_at is null), p.entered_at) as since,
             '' as detail
        from participation p
        join journey_version v on v.id = p.journey_version_id
        join act_ru_execution e on e.proc_inst_id_ = p.process_instance_id
       where p.left_at is null and e.act_id_ is not null
         and not exists (select from act_ru_execution c where c.parent_id_ = e.id_)
      """;

  /**
   * A subscription on the instance itself is a goal or an exit; it may never come, and a token that
   * is itself the instance waits for something else.
   */
  private static final String NO_WAKER =
      STANDING.formatted("'execution:' || e.id_")
          + """
             and not exists (select from act_ru_task t where t.execution_id_ = e.id_)
             and not exists (select from act_ru_job j where j.execution_id_ = e.id_)
             and not exists (select from act_ru_incident x where x.execution_id_ = e.id_)
             and (e.id_ = e.proc_inst_id_
                  or not exists (select from act_ru_event_subscr s where s.execution_id_ = e.id_))
          """;

  private static final String TOKEN_WITHOUT_FACT =
      STANDING.formatted("'token:' || p.id || ':' || e.act_id_")
          + """
             and not exists (select from node_visit n
                              where n.participation_id = p.id and n.node = e.act_id_
                                and n.left_at is null)
          """;

  private static final String FACT_WITHOUT_TOKEN =
      """
      select 'fact:' || p.id || ':' || n.node as subject, p.journey_key, v.version, n.node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id, n.entered_at as since, '' as detail
        from node_visit n
        join participation p on p.id = n.participation_id
        join journey_version v on v.id = p.journey_version_id
       where n.left_at is null and p.process_instance_id is not null
         and (p.left_at is not null
              or exists (select from act_ru_execution i where i.id_ = p.process_instance_id))
         and not exists (select from act_ru_execution e
                          where e.proc_inst_id_ = p.process_instance_id and e.act_id_ = n.node)
         and not exists (select from unnest(:definitions, :containers) as c (definition, node)
                          where c.definition = v.definition_id and c.node = n.node)
      """;

  private static final String STANDS_TOO_LONG =
      """
      select 'stands:' || p.id || ':' || n.node as subject, p.journey_key, v.version, n.node,
             p.id as participation_id, p.customer_id, p.branch,
             p.process_instance_id as instance_id, n.entered_at as since, '' as detail
        from node_visit n
        join participation p on p.id = n.participation_id and p.left_at is null
        join journey_version v on v.id = p.journey_version_id
       where n.left_at is null and n.failed_since is null and n.entered_at < :standsTooLong
         and not exists (select from act_ru_job j
                          where j.process_instance_id_ = p.process_instance_id)
         and not exists (select from unnest(:definitions, :containers) as c (definition, node)
                          where c.definition = v.definition_id and c.node = n.node)
      """;

  static final Map<StuckKind, String> ALL =
      Map.of(
          StuckKind.NO_WAKER, NO_WAKER,
          StuckKind.TOKEN_WITHOUT_FACT, TOKEN_WITHOUT_FACT,
          StuckKind.FACT_WITHOUT_TOKEN, FACT_WITHOUT_TOKEN,
          StuckKind.STANDS_TOO_LONG, STANDS_TOO_LONG);

  private TokenSearches() {}
}
