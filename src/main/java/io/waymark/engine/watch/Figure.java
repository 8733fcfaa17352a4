package io.waymark.engine.watch;

import java.util.List;

/**
 * One number of the house that an alarm can watch, and how it is counted. {@code :now} is the
 * moment of the question; the engine's own times are China's, without zone.
 *
 * @param unit {@code seconds} for ages, empty for counts
 */
record Figure(String name, String unit, String description, String sql) {

  private static final String DUE =
      """
        from act_ru_job j
       where j.retries_ > 0 and j.suspension_state_ = 1 and j.lock_owner_ is null
         and j.duedate_ < :now at time zone 'Asia/Shanghai'
      """;

  static final List<Figure> ALL =
      List.of(
          count("waymark.jobs.due", "到期而没有节点取走的作业", "select count(*) " + DUE),
          age(
              "waymark.jobs.due.age",
              "最早的到期未取作业已等多久",
              "select min(j.duedate_ at time zone 'Asia/Shanghai') " + DUE),
          age(
              "waymark.timers.lateness",
              "最晚的到期定时器已晚多久",
              "select min(j.duedate_ at time zone 'Asia/Shanghai') "
                  + DUE
                  + " and j.type_ = 'timer'"),
          count(
              "waymark.jobs.dead",
              "没有重试次数的作业",
              "select count(*) from act_ru_job where retries_ = 0"),
          count("waymark.incidents", "引擎中的异常", "select count(*) from act_ru_incident"),
          count(
              "waymark.customers.inside",
              "正在旅程中的客户",
              "select count(*) from participation where left_at is null"),
          count(
              "waymark.enrolments.queued",
              "排队等待进入的客户",
              "select count(*) from enrolment where status = 'queued'"),
          age(
              "waymark.enrolments.queued.age",
              "排队最久的客户已等多久",
              "select min(requested_at) from enrolment where status = 'queued'"),
          count(
              "waymark.enrolments.failed",
              "进入失败待处理的客户",
              "select count(*) from enrolment where status = 'failed'"),
          count("waymark.events.queued", "尚未送达旅程的客户事件", "select count(*) from event_queue"),
          age(
              "waymark.events.queued.age",
              "最早的到期未送达事件已等多久",
              "select min(due_at) from event_queue where due_at < :now"),
          count("waymark.events.parked", "多次失败被搁置的事件", "select count(*) from event_parked"),
          count(
              "waymark.outbox.ready",
              "到时可发而未发的消息",
              "select count(*) from outbox where state = 'ready'"),
          age(
              "waymark.outbox.age",
              "等待发送最久的消息已等多久",
              "select min(due_at) from outbox where state in ('ready', 'taken', 'sending') and"
                  + " due_at < :now"),
          count(
              "waymark.outbox.unknown",
              "不知服务商是否收到的消息",
              "select count(*) from outbox where state = 'unknown'"),
          count(
              "waymark.receipts.awaited",
              "已提交、等待回执的消息",
              "select count(*) from outbox where state = 'awaiting'"),
          age(
              "waymark.receipts.lag",
              "等待回执最久的消息已等多久",
              "select min(since) from outbox where state = 'awaiting'"),
          count(
              "waymark.tasks.open",
              "未完成的投顾任务",
              "select count(*) from advisor_task where status = 'open'"),
          count(
              "waymark.tasks.overdue",
              "超过期限的投顾任务",
              "select count(*) from advisor_task where status = 'open' and due_at < :now"),
          age(
              "waymark.tasks.overdue.age",
              "超期最久的任务已超多久",
              "select min(due_at) from advisor_task where status = 'open' and due_at < :now"),
          count("waymark.audiences.dirty", "人群中等待重新判断的客户", "select count(*) from audience_dirty"),
          age(
              "waymark.audiences.lag",
              "实时人群的判断落后多久",
              "select min(swept_to) from audience_state where status = 'kept' and live"),
          count(
              "waymark.history.overdue",
              "早该清理而仍在的引擎历史",
              """
              select count(*) from act_hi_procinst
               where removal_time_ < (:now at time zone 'Asia/Shanghai') - interval '2 days'
              """),
          count(
              "waymark.partitions.missing",
              "下个月还没有建好的分区",
              """
              select count(*) from pg_partitioned_table p join pg_class t on t.oid = p.partrelid
               where p.partstrat = 'r' and p.partdefid <> 0
                 and t.relnamespace = current_schema()::regnamespace
                 and to_regclass(t.relname || to_char(
                       (:now at time zone 'Asia/Shanghai') + interval '1 month',
                       '"_y"YYYY"m"MM')) is null
              """),
          age("waymark.watch.age", "看门狗上次核对距今多久", "select max(finished_at) from watch_run"),
          count(
              "waymark.watch.alerts",
              "没有人跟进的值守告警",
              "select count(*) from watch_alert where status = 'open'"));

  private static Figure count(String name, String description, String sql) {
    return new Figure(name, "", description, sql);
  }

  /** The age, in seconds, of the moment the statement finds; 0 when it finds none. */
  private static Figure age(String name, String description, String sql) {
    return new Figure(
        name,
        "seconds",
        description,
        "select greatest(0, coalesce(extract(epoch from :now - (%s)), 0))".formatted(sql));
  }
}
