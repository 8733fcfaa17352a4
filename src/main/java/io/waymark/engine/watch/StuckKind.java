package io.waymark.engine.watch;

import java.util.Locale;

/** The ways in which a customer can be stuck, or the books be wrong about him. */
public enum StuckKind {
  /** Nothing will ever move the token. */
  NO_WAKER("无人唤醒", "客户停在这里，但没有定时器、等待的事件或任务，不会再有任何事情让他前进。", "让客户重新到达该节点"),
  INCIDENT("步骤反复失败", "步骤按间隔重试后仍失败，引擎不再自动重试。", "再试一次"),
  DEAD_JOB("作业没有重试次数", "作业的重试次数为零但没有异常记录，引擎不会再执行它。", "恢复重试次数并执行"),
  JOB_OVERDUE("到期作业没有执行", "定时器或后续步骤早已到期，却没有节点取走执行：作业执行器停止或积压。", "立即执行"),
  JOB_LOCKED("作业被失效节点锁住", "作业被某个节点取走后没有完成，锁已过期或期限异常，节点可能已停机。", "解除锁定并执行"),
  TOKEN_WITHOUT_FACT("引擎有客户而账目没有", "引擎中客户站在该节点，但节点记录里没有他。", "补记到达"),
  FACT_WITHOUT_TOKEN("账目有客户而引擎没有", "节点记录显示客户在此等待，引擎中该节点却没有他。", "结清这条记录"),
  INSTANCE_GONE("参与未结束而实例已消失", "客户仍算在旅程中，但引擎里的流程实例已经不在。", "结束参与"),
  PARTICIPATION_GONE("实例仍在而参与已结束", "引擎里的流程实例还在运行，客户的参与却已结束或没有记录。", "结束流程实例"),
  ENROLMENT_WAITS("进入排队过久", "客户应进入旅程，但排队超过时限仍未处理：进入线程停止或积压。", "立即处理"),
  TASK_WITHOUT_HOLDER("任务无人可接", "任务没有负责人也没有可认领的人，或负责人已停用。", "重新派发任务"),
  TASK_UNKNOWN("任务未登记", "引擎中有任务，但投顾工作台没有登记，无人能看到它。", "重新派发任务"),
  TASK_ORPHAN("任务已失效", "投顾工作台仍显示任务，但引擎里已没有它，完成也不会有作用。", "撤下任务"),
  MESSAGE_SILENT("消息结果迟迟未到", "旅程在等消息的结果，但消息已不在发送队列或超过回执时限。", "按“结果未知”继续"),
  SUSPENDED("无依据的挂起", "流程实例被挂起，但既没有召回也没有暂停在生效，定时器与事件都不会动它。", "恢复运行"),
  EVENT_LOST("等待的事件已发生而未送达", "客户等待的事件已经发生且未被使用，却不在送达队列中。", "重新送达"),
  EVENT_WAITS("事件未能送达", "客户事件到期仍在队列中，或多次失败后被搁置。", "立即送达"),
  BOOKS("账目不平", "节点记录自相矛盾：进入 ≠ 等待 + 完成 + 失败 + 拦截，或失败标记与异常不符。", "按引擎事实更正"),
  STANDS_TOO_LONG("停留过久", "客户在该节点等待事件已超过时限，且没有任何定时器会结束等待。", "");

  private final String title;
  private final String cause;
  private final String remedy;

  StuckKind(String title, String cause, String remedy) {
    this.title = title;
    this.cause = cause;
    this.remedy = remedy;
  }

  /** The word used in tables, forms and metrics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no kind has this code
   */
  public static StuckKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** What it is called, in Chinese. */
  public String title() {
    return title;
  }

  /** What is the matter, a Chinese sentence. */
  public String cause() {
    return cause;
  }

  /** What mending does, in Chinese; empty where only a person can decide. */
  public String remedy() {
    return remedy;
  }

  /** Whether there is one right thing to do about it. */
  public boolean mendable() {
    return !remedy.isEmpty();
  }
}
