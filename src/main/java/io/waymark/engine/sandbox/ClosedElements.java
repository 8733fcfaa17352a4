package io.waymark.engine.sandbox;

import java.util.Map;

/** Why what BPMN knows and a journey may not use is closed, for people who draw. */
final class ClosedElements {

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("scriptTask", "脚本会在服务器上运行任意代码"),
          Map.entry("script", "脚本会在服务器上运行任意代码"),
          Map.entry("task", "没有类型的任务什么也不会做"),
          Map.entry("manualTask", "手工任务什么也不会做，也没有人会收到它"),
          Map.entry("sendTask", "发送任务绕过合规检查，请改用步骤“发送”"),
          Map.entry("callActivity", "调用其他流程可以互相循环调用，也会带来没有与本旅程一同审批的内容"),
          Map.entry("transaction", "事务子流程靠补偿撤销，而发出的消息撤不回来"),
          Map.entry("adHocSubProcess", "随意子流程没有固定的走法，无法审批"),
          Map.entry("parallelGateway", "并行会让同一位客户同时站在两处，请一步一步画"),
          Map.entry("inclusiveGateway", "包容网关会让同一位客户同时站在几处，请改用排他网关"),
          Map.entry("complexGateway", "复杂网关的走法无法审批，请改用排他网关"),
          Map.entry("multiInstanceLoopCharacteristics", "多实例会把一步对一位客户做很多遍"),
          Map.entry("standardLoopCharacteristics", "循环标记会把一步反复执行而不等待"),
          Map.entry("signal", "信号会同时惊动所有旅程里的所有客户"),
          Map.entry("signalEventDefinition", "信号会同时惊动所有旅程里的所有客户"),
          Map.entry("compensateEventDefinition", "补偿靠撤销已做的事，而发出的消息撤不回来"),
          Map.entry("cancelEventDefinition", "取消事件只用于事务子流程，旅程里没有"),
          Map.entry("escalation", "请改用步骤“任务升级”"),
          Map.entry("escalationEventDefinition", "请改用步骤“任务升级”"),
          Map.entry("conditionalEventDefinition", "条件事件会在每次变量变化时运行表达式"),
          Map.entry("linkEventDefinition", "链接事件藏起了走法，请直接连线"),
          Map.entry("timeCycle", "循环定时会无休止地重复，请用时长或日期"),
          Map.entry("dataObject", "旅程里只有编号和代码，不存数据"),
          Map.entry("dataObjectReference", "旅程里只有编号和代码，不存数据"),
          Map.entry("dataStoreReference", "旅程里只有编号和代码，不存数据"),
          Map.entry("dataStore", "旅程里只有编号和代码，不存数据"),
          Map.entry("ioSpecification", "旅程里只有编号和代码，不传数据"),
          Map.entry("import", "不能引入外部文件：审批的必须是全部内容"),
          Map.entry("messageFlow", "旅程只有一个参与者，与客户的往来画成发送和等待"),
          Map.entry("choreography", "编排图不能执行，请画成一条流程"),
          Map.entry("choreographyTask", "编排图不能执行，请画成一条流程"),
          Map.entry("conversation", "会话图不能执行，请画成一条流程"),
          Map.entry("executionListener", "监听器会在服务器上运行任意代码"),
          Map.entry("taskListener", "监听器会在服务器上运行任意代码"),
          Map.entry("connector", "连接器会从服务器访问外部系统，绕过出口名单"),
          Map.entry("inputOutput", "输入输出映射可以运行脚本和表达式"),
          Map.entry("field", "字段注入会把表达式交给 Java 类"),
          Map.entry("formData", "旧式表单不能与旅程一同审批，请用 .form 文件"),
          Map.entry("in", "变量传递只用于调用其他流程"),
          Map.entry("out", "变量传递只用于调用其他流程"));

  private ClosedElements() {}

  /**
   * The reason with the full stop that ends its sentence; just the full stop when there is none.
   */
  static String because(String element) {
    String reason = REASONS.get(element);
    return reason == null ? "。" : "：" + reason + "。";
  }
}
