package io.waymark.engine.sandbox;

/** What kind of thing is not allowed, and how a person mends it. */
public enum ProblemKind {
  FILE("file", "请只放入一条旅程的 .bpmn 和它用到的 .dmn、.form，文件名用字母、数字、汉字、点、横线。"),
  XML("xml", "请用建模器重新导出这个文件；文件里不能有 DOCTYPE、实体和看不懂的编码。"),
  SIZE("size", "请把旅程拆小：一条旅程最多 300 个元素、2 MB，嵌套不超过 50 层。"),
  VOCABULARY("vocabulary", "请删去这一处，改用建模器左侧路标的步骤、网关、等待和结束。"),
  SETTING("setting", "请选中这个元素，在右侧“路标设置”里按提示重新填写。"),
  EXPRESSION("expression", "请改成拿一个变量和固定值比较，例如 ${verdict == 'allowed'}；不能调用方法、取属性。"),
  TIMER("timer", "请写成 P3D、PT4H 这样的时长，或 ${tradingDay(1,'15:30')} 这样的日历函数。"),
  STEP("step", "请选中这个方框，从步骤模板里重新选择，并填写必填项。"),
  WITHHELD("withheld_path", "请在方框边上加一个错误边界事件，错误码填 withheld，连到客户不可触达时的去路。"),
  TASK("task", "请选中这个人工任务，套用“投顾任务”模板，并填写可选结果和时限。"),
  TABLE("table", "请在决策表里只写变量名、固定值和比较，例如 \"c4\" 或 >= 3。"),
  FORM("form", "请在表单编辑器里删去或改正这个字段，只用普通字段和纯文字。"),
  PROCESS("process", "请点画布空白处，在右侧“路标设置”里重新填写旅程的编号与设置。"),
  REFERENCE("reference", "请把引用的文件一起放入，或改成本旅程已有的文件。"),
  LOOP("loop", "请在循环里加一个等待：至少 1 分钟的定时、客户事件或人工任务。"),
  STRUCTURE("structure", "请按说明改画后重新提交。"),
  PARSE("parse", "请在建模器里改正这一处后重新提交。");

  private final String code;
  private final String mend;

  ProblemKind(String code, String mend) {
    this.code = code;
    this.mend = mend;
  }

  /** Stable word, such as {@code expression}. */
  public String code() {
    return code;
  }

  /** What to do, a Chinese sentence. */
  public String mend() {
    return mend;
  }
}
