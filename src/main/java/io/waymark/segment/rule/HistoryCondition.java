package io.waymark.segment.rule;

/** A question about holdings, journeys and messages of the customer; never unknown. */
public sealed interface HistoryCondition extends Rule.Condition {

  /** Holds this product with a value above zero. */
  record HoldsProduct(String product) implements HistoryCondition {
    @Override
    public String wording() {
      return "持有产品 " + product;
    }
  }

  /** Holds any product of this type with a value above zero. */
  record HoldsType(String type) implements HistoryCondition {
    @Override
    public String wording() {
      return "持有类型为 " + type + " 的产品";
    }
  }

  /** What can be asked of a journey. */
  enum Step {
    ENTERED("entered", "进入过"),
    LEFT("left", "离开过"),
    REACHED("reached", "达成目标于");

    private final String code;
    private final String title;

    Step(String code, String title) {
      this.code = code;
      this.title = title;
    }

    /** The word in a rule and in the view {@code journey_history}. */
    public String code() {
      return code;
    }
  }

  /** Entered or left a journey, or reached its goal, within the window. */
  record Journey(String journey, Step step, Window window) implements HistoryCondition {
    @Override
    public String wording() {
      return "%s%s旅程 %s".formatted(window.wording(), step.title, journey);
    }
  }

  /** Was sent a message made of this template within the window. */
  record Received(String template, Window window) implements HistoryCondition {
    @Override
    public String wording() {
      return "%s收到过模板 %s 的消息".formatted(window.wording(), template);
    }
  }
}
