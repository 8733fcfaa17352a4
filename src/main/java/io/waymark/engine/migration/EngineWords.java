package io.waymark.engine.migration;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the engine says when it refuses a migration, as a person can act on it. */
final class EngineWords {

  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("There is no migration instruction", "停留的节点没有对应到新版本，请为它选择对应节点");
    WORDS.put("incompatible types", "两个节点类型不同，请选择同类节点");
    WORDS.put("Events are not of the same type", "两个事件类型不同（事件与定时器不能互换），请选择同类事件");
    WORDS.put("event scope", "它所依附的节点也要一并对应，请先对应那个节点");
    WORDS.put("closest mapped ancestor", "所在的子流程对应到了别处，请先对应它所在的子流程");
    WORDS.put("multiple mappings", "一个节点只能对应一次");
    WORDS.put("not asyncAfter", "客户的任务已提交、正在继续，而新版本的节点不能这样继续；稍后重试即可");
    WORDS.put("Transition instance", "客户正从这个节点走向下一步；稍后重试即可");
    WORDS.put("not supported for activity instance", "客户停在一个不能迁移的步骤上，请先处理失败的步骤再迁移");
    WORDS.put("persistent event trigger", "它不等待事件或定时器");
    WORDS.put("is suspended", "该客户的旅程被召回或暂停，恢复后再迁移");
  }

  private EngineWords() {}

  static String chinese(String words) {
    return WORDS.entrySet().stream()
        .filter(known -> words.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("引擎拒绝（" + words.strip() + "）");
  }
}
